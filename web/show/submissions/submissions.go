// Package submissions shows what every submission has whatever is filed: state,
// conflict, difference, lock, timeline, remarks, gaps and former contents, all
// drawn from the schema of its kind. It handles no requests.
package submissions
