extension NumberText {
  /// The digits of a magnitude below 1e15 times a power of ten, rounded half to even.
  ///
  /// The product of the 53-bit significand and the power fits into 128 bits, so rounding starts
  /// from the exact value.
  static func scaled(_ magnitude: Double, by places: Int) -> String {
    guard magnitude > 0 else { return "0" }
    let exponent = Int(magnitude.exponent) - 52
    let significand = UInt64(magnitude.significand * 0x1p52)
    var power: UInt64 = 1
    for _ in 0..<places { power *= 10 }
    let product = significand.multipliedFullWidth(by: power)
    // Below 1e15 the exponent of the last bit is negative, so only shifts to the right are needed.
    let (high, low) = roundedShift(product.high, product.low, by: -exponent)
    let block: UInt64 = 1_000_000_000_000_000_000
    let parts = block.dividingFullWidth((high, low))
    guard parts.quotient > 0 else { return String(parts.remainder) }
    let tail = String(parts.remainder)
    return String(parts.quotient) + String(repeating: "0", count: 18 - tail.count) + tail
  }

  private static func roundedShift(
    _ high: UInt64, _ low: UInt64, by shift: Int
  ) -> (UInt64, UInt64) {
    guard shift < 128 else { return (0, 0) }
    guard shift > 0 else { return (high, low) }
    func bit(_ index: Int) -> Bool {
      index < 64 ? low >> UInt64(index) & 1 == 1 : high >> UInt64(index - 64) & 1 == 1
    }
    let half = bit(shift - 1)
    let maskBits = shift - 1
    let rest: Bool
    if maskBits >= 64 {
      rest = low != 0 || high & ((UInt64(1) << UInt64(maskBits - 64)) &- 1) != 0
    } else {
      rest = low & ((UInt64(1) << UInt64(maskBits)) &- 1) != 0
    }
    var newLow = shift >= 64 ? high >> UInt64(shift - 64) : low >> UInt64(shift)
    if shift < 64 { newLow |= high << UInt64(64 - shift) }
    var newHigh = shift >= 64 ? 0 : high >> UInt64(shift)
    if half, rest || newLow & 1 == 1 {
      let sum = newLow.addingReportingOverflow(1)
      newLow = sum.partialValue
      if sum.overflow { newHigh += 1 }
    }
    return (newHigh, newLow)
  }

  /// A magnitude above zero with a power of ten, from its shortest decimal form, rounded half to
  /// even.
  static func scientific(_ magnitude: Double, digits: Int) -> String {
    guard magnitude > 0 else { return "0" }
    var (all, exponent) = shortest(magnitude)
    let wanted = max(1, digits)
    if all.count > wanted {
      let cut = all[wanted]
      let tail = all[(wanted + 1)...].contains { $0 != 0 }
      all = Array(all[..<wanted])
      if cut > 5 || (cut == 5 && (tail || all[wanted - 1] % 2 == 1)) {
        var index = wanted - 1
        while index >= 0, all[index] == 9 {
          all[index] = 0
          index -= 1
        }
        if index >= 0 {
          all[index] += 1
        } else {
          all = [1] + all.dropLast()
          exponent += 1
        }
      }
    }
    while all.count < wanted { all.append(0) }
    let head = String(all[0])
    let rest = all.dropFirst().map { String($0) }.joined()
    return head + (rest.isEmpty ? "" : "." + rest) + "e" + String(exponent)
  }

  /// A magnitude with a power of ten and at most three significant digits, without zeros at the
  /// end.
  static func powers(_ magnitude: Double) -> String {
    let text = scientific(magnitude, digits: 3)
    let parts = text.split(separator: "e")
    guard parts.count == 2, parts[0].contains(".") else { return text }
    var head = parts[0]
    while head.last == "0" { head = head.dropLast() }
    if head.last == "." { head = head.dropLast() }
    return head + "e" + parts[1]
  }

  /// The power of ten of the first digit of a magnitude above zero.
  static func decimalExponent(_ magnitude: Double) -> Int { shortest(magnitude).exponent }

  /// The decimal digits of the shortest text that reads back as the same number, with the power of
  /// ten of the first one.
  private static func shortest(_ magnitude: Double) -> (digits: [Int], exponent: Int) {
    let parts = magnitude.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    exponent += mantissa[0].count - 1
    var digits = parts[0].compactMap(\.wholeNumberValue)
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    return (digits, exponent)
  }
}
