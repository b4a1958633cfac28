//go:build !linux

package dbtest

// InMemory is a folder in memory: only Linux has one everywhere.
func InMemory() string { return "" }
