/// Numbers that are hard on readers, as texts and as words of bytes.
package enum NastyNumbers {
  /// Numbers as people and programs write them, at the limits of what types and ranges hold.
  package static let texts: [[UInt8]] = [
    "0", "-0", "1", "-1", "2", "7", "9", "10", "16", "17", "63", "64", "65", "127", "128", "255",
    "256", "1000", "32767", "32768", "65535", "65536", "131072", "1000001", "2147483647",
    "2147483648", "-2147483648", "4294967295", "4294967296", "9007199254740993",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "-9223372036854775809", "18446744073709551615", "18446744073709551616",
    "100000000000000000000000000000000000000000", "0.5", "0.1", "-0.0", "1e-45", "1e-320", "5e-324",
    "1e37", "1e38", "3.4028235e38", "1e308", "1e309", "-1e309", "1e99999", "1e-99999", "nan",
    "NaN", "inf", "-Infinity", "1.", ".5", "+1", "01", "0x10", "1e", "1_000", "1,5", "0.30000001",
    "1.7976931348623157e308", "2.2250738585072014e-308", "1.00000000000000011102230246251565",
  ].map { Array($0.utf8) }

  /// Whole numbers of 64 bits, to be cut to fewer.
  package static let words: [UInt64] = [
    0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 63, 64, 100, 127, 128, 255, 256, 1000, 0x7FFF, 0x8000,
    0xFFFF, 0x1_0000, 0x7F_FFFF, 0xFF_FFFF, 0x7FFF_FFFE, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE,
    0xFFFF_FFFF, 0x1_0000_0000, 0x7F80_0000, 0x7FC0_0000, 0xFF80_0000, 0x3F80_0000,
    0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000, 0xFFF0_0000_0000_0000, 0x3FFF_FFFF_FFFF_FFFF,
    0x7FFF_FFFF_FFFF_FFFE, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001,
    0xFFFF_FFFF_FFFF_FFF0, 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF,
  ]
}
