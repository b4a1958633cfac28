package main

import (
	"context"
	"fmt"

	"danvan/internal/audit"
	"danvan/internal/config"
)

// verifyAudit recomputes the record and fails when it was altered.
func verifyAudit(ctx context.Context, env environment, cfg config.Config, args []string) error {
	if len(args) != 1 || args[0] != "verify" {
		return fmt.Errorf("%w: danvan audit verify", errUsage)
	}
	s, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	report, err := audit.Verify(ctx, s.app)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "%d entries on %d subjects, %d seals.\n", report.Entries, report.Subjects, report.Seals)
	for _, f := range report.Faults {
		fmt.Fprintln(env.out, "  "+f)
	}
	if len(report.Faults) > 0 {
		return fmt.Errorf("the audit was altered: %d faults", len(report.Faults))
	}
	_, err = fmt.Fprintln(env.out, "Nothing was altered.")
	return err
}
