extension InputDecoder {
  mutating func inControl(_ byte: UInt8, _ parameters: [UInt8]) {
    switch byte {
    case 0x20..<0x40:
      // No sequence that means a key is nearly as long.
      state = .control(parameters.count < 64 ? parameters + [byte] : parameters)
    case UInt8(ascii: "[") where parameters.isEmpty: state = .linuxFunction
    case UInt8(ascii: "M") where parameters.isEmpty: state = .mouse([])
    case 0x40..<0x7F: endControl(byte, parameters)
    default: restart(byte)
    }
  }

  mutating func endControl(_ final: UInt8, _ parameters: [UInt8]) {
    if parameters.first == UInt8(ascii: "<") {
      end(nil)
      let numbers = InputDecoder.numbers(parameters.dropFirst())
      guard let numbers, numbers.count == 3, final == 77 || final == 109 else { return }
      return mouse(numbers[0], x: numbers[1], y: numbers[2], isRelease: final == 109)
    }
    guard let numbers = InputDecoder.numbers(parameters[...]) else { return end(nil) }
    if final == UInt8(ascii: "M"), numbers.count == 3 {
      end(nil)
      return mouse(numbers[0] - 32, x: numbers[1], y: numbers[2], isRelease: false)
    }
    if final == UInt8(ascii: "~"), numbers == [200] {
      end(nil)
      state = .paste
      return
    }
    // The second number is 1 more than the modifiers: 1 Shift, 2 Alt, 4 Ctrl.
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    if modifiers & 2 != 0 { hasAlt = true }
    guard modifiers & ~2 == 0 else { return end(nil) }
    if final == UInt8(ascii: "~") { return end(InputDecoder.key(numbered: numbers.first ?? 0)) }
    guard numbers.isEmpty || numbers[0] <= 1 else { return end(nil) }
    end(InputDecoder.key(lettered: final))
  }

  /// The numbers between semicolons; nil where something else stands there.
  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int]? {
    guard !parameters.isEmpty else { return [] }
    var numbers: [Int] = []
    for part in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      var number = 0
      for byte in part {
        guard (48...57).contains(byte), number < 100_000 else { return nil }
        number = number * 10 + Int(byte - 48)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The key of a sequence that ends in a letter.
  private static func key(lettered letter: UInt8) -> Key? {
    switch letter {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(letter) - 79)
    default: nil
    }
  }

  /// The key of a sequence with a number and a tilde.
  private static func key(numbered number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    default: nil
    }
  }

  mutating func inSingle(_ byte: UInt8, _ parameters: [UInt8]) {
    switch byte {
    case 0x30..<0x3C: state = .single(parameters.count < 8 ? parameters + [byte] : parameters)
    case 0x20, 0x40..<0x7F:
      guard parameters.isEmpty else { return end(nil) }
      switch byte {
      // The keypad in its application mode.
      case UInt8(ascii: "p")...UInt8(ascii: "y"):
        end(.character(Unicode.Scalar(byte - UInt8(ascii: "p") + 48)))
      case UInt8(ascii: "j")...UInt8(ascii: "o"):
        end(.character(Unicode.Scalar(byte - UInt8(ascii: "j") + UInt8(ascii: "*"))))
      case UInt8(ascii: "X"): end(.character("="))
      case UInt8(ascii: "M"): end(.enter)
      case UInt8(ascii: "I"): end(.tab)
      case 0x20: end(.character(" "))
      default: end(InputDecoder.key(lettered: byte))
      }
    default: restart(byte)
    }
  }

  /// Whether a byte cannot follow the beginning of a string that was torn from its Escape, so that
  /// the beginning was typed.
  ///
  /// A string of the system starts with a number, one of the device with numbers or their marks.
  func isTyped(_ byte: UInt8) -> Bool {
    let digits = 0x30..<0x3A as Range<UInt8>
    return switch torn {
    case UInt8(ascii: "]"): !digits.contains(byte)
    case UInt8(ascii: "P"): !digits.contains(byte) && !"!$+=>|;".utf8.contains(byte)
    default: false
    }
  }

  mutating func inString(_ byte: UInt8, sawEscape: Bool) {
    switch byte {
    case 0x07, 0x9C: end(nil)
    case UInt8(ascii: "\\") where sawEscape: end(nil)
    case 0x18, 0x1A: end(nil)
    // No string holds it, so it was typed.
    case 0x03: restart(byte)
    default: state = .string(sawEscape: byte == 0x1B, isEmpty: false)
    }
  }

  mutating func mouse(_ button: Int, x: Int, y: Int, isRelease: Bool) {
    guard x >= 1, y >= 1, button >= 0 else { return }
    let action: Mouse.Action? =
      switch button {
      case 0, 1, 2:
        isRelease ? (button == 0 ? .release(button: 1) : nil) : .press(button: button + 1)
      case 3: isRelease ? nil : .release(button: 1)
      case 64: isRelease ? nil : .wheelUp
      case 65: isRelease ? nil : .wheelDown
      default: nil
      }
    if let action { events.append(.mouse(Mouse(x: x - 1, y: y - 1, action: action))) }
  }
}
