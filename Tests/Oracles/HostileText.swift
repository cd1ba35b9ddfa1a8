/// Characters that act on a terminal, on a line or on the direction of writing.
package let hostileText =
  "\u{0}\u{7}\u{8}\t\n\r\u{1B}[31m\u{7F}\u{85}\u{9B}2J\u{AD}\u{61C}"
  + "\u{200B}\u{200E}\u{2028}\u{2029}"
  + "\u{202A}\u{202E}\u{2066}\u{2069}\u{FEFF}\u{E0001}\u{E000}\u{FFFF}"
