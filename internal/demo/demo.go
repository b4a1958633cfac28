// Package demo fills an empty database with the demonstration: the year 2022 of
// Hậu Giang, played through the services people use. What is played stands in
// package content.
package demo

import (
	"time"

	"danvan/internal/viet"
)

// Password opens every account of the demonstration.
const Password = "DanVan@2022"

// Start is the business time at which the demonstration begins.
var Start = time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location)

var (
	// opening is when everything was ready for the plans of the year, on the day
	// of the directive.
	opening = time.Date(2022, time.February, 28, 7, 30, 0, 0, viet.Location)
	// lastLook is when people read their messages for the last time before the
	// demonstration begins: what came later is still unread.
	lastLook = time.Date(2022, time.November, 24, 17, 0, 0, 0, viet.Location)
)
