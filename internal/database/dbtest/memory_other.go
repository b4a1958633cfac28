//go:build !linux

package dbtest

// inMemory is a folder in memory: only Linux has one everywhere.
func inMemory() string { return "" }
