/// A value as a word that a shell reads back.
public enum ShellWord {
  /// The word: as it is where that is safe, else in quotes; with what must not be shown in the form
  /// `$'…'`.
  ///
  /// Bytes stand there in octal, which bash, zsh and ksh read alike in any locale.
  public static func quoted(_ value: String) -> String {
    let scalars = value.unicodeScalars
    guard scalars.allSatisfy(ForeignText.isPlain) else { return "$'" + escaped(scalars) + "'" }
    let isSafe = value.allSatisfy { $0.isLetter || $0.isNumber || "-_./,:".contains($0) }
    if isSafe, !value.isEmpty { return value }
    return "'" + value.replacing("'", with: "'\\''") + "'"
  }

  private static func escaped(_ scalars: String.UnicodeScalarView) -> String {
    var text = ""
    for scalar in scalars {
      if scalar == "'" || scalar == "\\" {
        text += "\\\(scalar)"
      } else if ForeignText.isPlain(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        for byte in UTF8.encode(scalar).map({ Array($0) }) ?? [] {
          let digits = String(byte, radix: 8)
          text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
      }
    }
    return text
  }
}
