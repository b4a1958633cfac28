package viet_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"danvan/internal/viet"

	"pgregory.net/rapid"
)

func TestNumbersTypedTheVietnameseWayAreRead(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"0":                      "0",
		"12":                     "12",
		"05":                     "5",
		"05,5":                   "5.5",
		"1.234":                  "1234",
		"1.234,5":                "1234.5",
		"1.234.567,89":           "1234567.89",
		"8,5":                    "8.5",
		"8.5":                    "8.5",
		"10.25":                  "10.25",
		"1234.5":                 "1234.5",
		"1234,567":               "1234.567",
		"1,234":                  "1.234",
		"0,125":                  "0.125",
		"0.5":                    "0.5",
		"8,50":                   "8.5",
		"8,000":                  "8",
		"  12\u00a0":             "12",
		"\u202f1.234\n":          "1234",
		"１２３":                    "123",
		"１．２３４，５":                "1234.5",
		"-3":                     "-3",
		"−3,5":                   "-3.5",
		"-1.234":                 "-1234",
		"-0":                     "0",
		"-0,00":                  "0",
		"999.999.999.999.999":    "999999999999999",
		"000000000000000000012":  "12",
		"0,123456":               "0.123456",
		"0,12345600000000000000": "0.123456",
	} {
		got, err := viet.ParseNumber(typed)
		if err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestNumbersThatCouldMeanTwoThingsAreRefusedWithAHint(t *testing.T) {
	t.Parallel()
	for typed, hint := range map[string]string{
		"":                      "Chưa ghi số",
		" \u00a0 ":              "Chưa ghi số",
		"0.125":                 "đúng ba chữ số",
		"012.345":               "đúng ba chữ số",
		"1234.567":              "đúng ba chữ số",
		"1.2345":                "đúng ba chữ số",
		"1.23.456":              "đúng ba chữ số",
		"1.234.56":              "đúng ba chữ số",
		"12.34,5":               "đúng ba chữ số",
		"8.5,1":                 "đúng ba chữ số",
		"1,234,567":             "một dấu phẩy",
		"1,234.5":               "dấu chấm ngăn hàng nghìn",
		"1,":                    "dấu chấm ngăn hàng nghìn",
		",5":                    "dấu chấm ngăn hàng nghìn",
		".5":                    "dấu chấm ngăn hàng nghìn",
		"5.":                    "dấu chấm ngăn hàng nghìn",
		"1..234":                "dấu chấm ngăn hàng nghìn",
		".":                     "dấu chấm ngăn hàng nghìn",
		",":                     "dấu chấm ngăn hàng nghìn",
		"-":                     "dấu chấm ngăn hàng nghìn",
		"--5":                   "dấu chấm ngăn hàng nghìn",
		"5-":                    "dấu chấm ngăn hàng nghìn",
		"1 234":                 "Không để dấu cách",
		"1\u00a0234":            "Không để dấu cách",
		"- 5":                   "Không để dấu cách",
		"+5":                    "Không ghi dấu +",
		"＋5":                    "Không ghi dấu +",
		"12%":                   "ký hiệu %",
		"12,4 %":                "ký hiệu %",
		"5 lớp":                 "không kèm chữ",
		"1e3":                   "không kèm chữ",
		"0x10":                  "không kèm chữ",
		"10²":                   "không kèm chữ",
		"½":                     "không kèm chữ",
		"٣":                     "không kèm chữ",
		"–5":                    "không kèm chữ",
		"NaN":                   "không kèm chữ",
		"1'234":                 "không kèm chữ",
		"5\x00":                 "không kèm chữ",
		"\xff":                  "không kèm chữ",
		"1.000.000.000.000.000": "Số quá dài",
		"0,1234567":             "Số quá dài",
		strings.Repeat("0", 65): "Số quá dài",
	} {
		got, err := viet.ParseNumber(typed)
		var refused viet.ParseError
		if !errors.As(err, &refused) || !strings.Contains(refused.Error(), hint) {
			t.Errorf("ParseNumber(%q) = %q, %v; want a hint with %q", typed, got, err, hint)
		}
	}
}

func TestCountsAreWholeNumbers(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int64{"1.234": 1234, "12,0": 12, "-7": -7, "0": 0, "999.999.999.999.999": 999999999999999} {
		if got, err := viet.ParseWhole(typed); err != nil || got != want {
			t.Errorf("ParseWhole(%q) = %d, %v; want %d", typed, got, err, want)
		}
	}
	for typed, hint := range map[string]string{"8,5": "số nguyên", "1,234": "số nguyên", "8.5": "số nguyên", "": "Chưa ghi số", "năm": "không kèm chữ"} {
		if got, err := viet.ParseWhole(typed); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("ParseWhole(%q) = %d, %v; want a hint with %q", typed, got, err, hint)
		}
	}
}

func TestNumbersAreShownWithDotsForThousandsAndACommaForDecimals(t *testing.T) {
	t.Parallel()
	for decimal, want := range map[string]string{
		"0": "0", "999": "999", "1234": "1.234", "1234567": "1.234.567", "12345.678": "12.345,678",
		"1234.50": "1.234,5", "8.00": "8", "-1234.5": "-1.234,5", "100000": "100.000",
		"": "", "-": "-", "không": "không", "1e5": "1e5", "1.2.3": "1.2.3",
	} {
		if got := viet.FormatNumber(decimal); got != want {
			t.Errorf("FormatNumber(%q) = %q, want %q", decimal, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 7: "7", 1234: "1.234", -1234567: "-1.234.567"} {
		if got := viet.FormatInt(n); got != want {
			t.Errorf("FormatInt(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPercentHasOneDecimalHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		num, den int
		want     string
	}{
		{28, 28, "100,0%"},
		{27, 28, "96,4%"},
		{0, 28, "0,0%"},
		{0, 0, "–"},
		{5, 0, "–"},
		{1, 3, "33,3%"},
		{2, 3, "66,7%"},
		{1245, 10000, "12,5%"}, // 12,45
		{1005, 100000, "1,0%"}, // 1,005
		{15, 10000, "0,2%"},    // 0,15, which as a float is below
		{35, 10000, "0,4%"},    // 0,35, likewise
		{1999, 2000, "100,0%"}, // 99,95
		{12345, 100, "12.345,0%"},
		{-1245, 10000, "-12,5%"},
		{-1, 10000, "0,0%"},
	} {
		if got := viet.Percent(c.num, c.den); got != c.want {
			t.Errorf("Percent(%d, %d) = %q, want %q", c.num, c.den, got, c.want)
		}
	}
}

func TestRatiosOfDecimalsAreExact(t *testing.T) {
	t.Parallel()
	num, _ := new(big.Rat).SetString("0.3")
	den, _ := new(big.Rat).SetString("0.9")
	if got, want := viet.PercentRat(num, den), "33,3%"; got != want {
		t.Errorf("PercentRat(0.3, 0.9) = %q, want %q", got, want)
	}
	if num.RatString() != "3/10" || den.RatString() != "9/10" {
		t.Errorf("PercentRat changed its arguments to %v and %v", num, den)
	}
	score, _ := new(big.Rat).SetString("1234.125")
	if got, want := viet.FormatRat(score, 2), "1.234,13"; got != want {
		t.Errorf("FormatRat(1234.125, 2) = %q, want %q", got, want)
	}
	if got, want := viet.FormatRat(score, 0), "1.234"; got != want {
		t.Errorf("FormatRat(1234.125, 0) = %q, want %q", got, want)
	}
}

func TestShownNumbersAreReadBackUnchanged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "whole")
		if got, err := viet.ParseWhole(viet.FormatInt(whole)); err != nil || got != whole {
			t.Fatalf("ParseWhole(FormatInt(%d)) = %d, %v", whole, got, err)
		}
	})
}

func TestPercentIsTheNearestTenth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.IntRange(0, 1_000_000).Draw(t, "num")
		den := rapid.IntRange(1, 1_000_000).Draw(t, "den")
		tenths := (2000*num + den) / (2 * den) // half up, in whole numbers
		want := viet.FormatInt(tenths/10) + "," + viet.FormatInt(tenths%10) + "%"
		if got := viet.Percent(num, den); got != want {
			t.Fatalf("Percent(%d, %d) = %q, want %q", num, den, got, want)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1.234,5", "8,5", "8.5", "1.234", "-0", "０", "1,234,567", "12%", "+5", " 1 ", "999.999.999.999.999,999999", "٣", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		number, err := viet.ParseNumber(typed)
		if err != nil {
			if number != "" || err.Error() == "" || !utf8.ValidString(err.Error()) {
				t.Fatalf("ParseNumber(%q) = %q, %v; want no number and a hint", typed, number, err)
			}
			return
		}
		if r, ok := new(big.Rat).SetString(number); !ok || strings.ContainsAny(number, "eE/+") {
			t.Fatalf("ParseNumber(%q) = %q (%v), which is no plain decimal", typed, number, r)
		}
		shown := viet.FormatNumber(number)
		again, err := viet.ParseNumber(shown)
		if err != nil || again != number {
			t.Fatalf("ParseNumber(%q) = %q, shown as %q, read back as %q, %v", typed, number, shown, again, err)
		}
	})
}

func TestAPercentStandsAtItsNumber(t *testing.T) {
	t.Parallel()
	for unit, want := range map[string]string{"cuộc": "40 cuộc", "%": "40%", "": "40"} {
		if got := viet.WithUnit("40", unit); got != want {
			t.Errorf("%q: got %q, want %q", unit, got, want)
		}
	}
}
