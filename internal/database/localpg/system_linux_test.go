package localpg

import "testing"

func TestWholeFileSystemsAreWrittenOnlyWhereLostWritesAreTold(t *testing.T) {
	t.Parallel()
	for release, want := range map[string]bool{
		"6.1.0-18-amd64\n": true, "5.10.0-28-cloud-amd64": true, "5.8.0": true, "10.0": true,
		"5.7.19": false, "5.4.0-150-generic": false, "4.19.0": false, "": false, "unknown": false,
	} {
		if got := tellsOfLostWrites(release); got != want {
			t.Errorf("Linux %q: got %t, want %t", release, got, want)
		}
	}
}
