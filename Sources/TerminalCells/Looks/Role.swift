/// The meaning of a cell, never its colour.
///
/// ``Theme`` gives each meaning its look. One colour has one meaning on every screen, and no
/// meaning depends on colour alone.
public enum Role: Equatable, Hashable, Sendable {
  /// Plain text and numbers.
  case text
  /// Text of less importance: units of measure, hints, rows out of reach.
  case dim
  /// Frames, rules and separators; always quiet.
  case frame
  /// Text that stands out.
  case strong
  /// The name of the program, a view or a panel.
  case title
  /// Anything of the training pass.
  case training
  /// Anything of the test pass.
  case test
  /// The extra of the test sum over the training sum; it looks like the alarm that it is.
  case extra
  /// A number in which training and testing disagree: the brightest thing on the screen.
  case alarm
  /// A number in which training and testing agree.
  case calm
  /// A value from a formula rather than from a measurement.
  case theory
  /// The same weights under another test convention.
  case counterfactual
  /// A unit that this step's mask keeps.
  case kept
  /// A unit that this step's mask drops.
  case masked
  /// The selected row or unit.
  case selected
  /// The panel that has the keyboard.
  case focus
  /// Something that needs attention, such as a known bug that is switched on.
  case warning
  /// Something that went wrong.
  case error
  /// The cap of a key in the footer and in help.
  case key
  /// The class with this index, for points and labels; made by ``classHue(_:)``.
  case classCode(UInt8)
  /// A runner of a race with this index, for its curve and its name; made by ``lane(_:isQuiet:)``.
  case laneCode(UInt8, isQuiet: Bool)
  /// A map's cell: hue and level; made by ``heat(hue:level:)``.
  case heatCode(hue: UInt8, level: UInt8)
  /// A signed quantity; made by ``diverging(level:)``.
  case divergingCode(Int8)
  /// A shade of grey of an image; made by ``gray(level:)``.
  case grayCode(UInt8)
  /// The background of the terminal.
  case background

  /// The number of levels of a map's hue.
  public static let heatLevels = 12
  /// The strongest level of a signed quantity, in either direction.
  public static let divergingLevels = 12
  /// The number of shades of grey of an image.
  public static let grayLevels = 24
  /// The number of class hues before they repeat.
  public static let classHues = 8

  /// The number of colours of runners before they repeat.
  public static let lanes = 8

  /// Whether the line of the runner with an index is dashed: that of every second group of four,
  /// which tells them apart where colours are few or pale.
  public static func isLaneDashed(_ index: Int) -> Bool {
    cycled(index, after: lanes) >= lanes / 2
  }

  /// The role of the class with an index; hues repeat after ``classHues`` classes.
  public static func classHue(_ index: Int) -> Role {
    .classCode(UInt8(cycled(index)))
  }

  /// The role of the runner with an index.
  ///
  /// Colours repeat after ``lanes`` runners; a quiet one stands behind the others.
  public static func lane(_ index: Int, isQuiet: Bool = false) -> Role {
    .laneCode(UInt8(cycled(index, after: lanes)), isQuiet: isQuiet)
  }

  /// The role of a map's cell for a class and a level in `0..<heatLevels`, from weak to strong.
  ///
  /// The hue repeats as ``classHue(_:)`` does; a level outside the range is clamped.
  public static func heat(hue: Int, level: Int) -> Role {
    .heatCode(
      hue: UInt8(cycled(hue)), level: UInt8(min(max(0, level), heatLevels - 1)))
  }

  /// The role of a signed quantity for a level in `-divergingLevels...divergingLevels`, clamped.
  public static func diverging(level: Int) -> Role {
    .divergingCode(Int8(min(max(-divergingLevels, level), divergingLevels)))
  }

  /// The role of a shade of grey for a level in `0..<grayLevels`, from black to white, clamped.
  public static func gray(level: Int) -> Role {
    .grayCode(UInt8(min(max(0, level), grayLevels - 1)))
  }

  private static func cycled(_ index: Int, after count: Int = classHues) -> Int {
    let remainder = index % count
    return remainder < 0 ? remainder + count : remainder
  }
}
