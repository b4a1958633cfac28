package wordcheck

import (
	"encoding/xml"
	"strconv"
)

// node is an element of any part.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) is(name string) bool { return n.XMLName.Local == name }

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child is the first element of that name, an empty one where there is none.
func (n node) child(path ...string) node {
	for _, name := range path {
		next := node{}
		for _, c := range n.Nodes {
			if c.is(name) {
				next = c
				break
			}
		}
		n = next
	}
	return n
}

func (n node) has(name string) bool {
	for _, c := range n.Nodes {
		if c.is(name) {
			return true
		}
	}
	return false
}

func (n node) number(name string) int {
	v, _ := strconv.Atoi(n.attr(name))
	return v
}
