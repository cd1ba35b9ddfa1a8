/// The look of every meaning on a terminal, by its number of colours and its background.
///
/// The hues follow Okabe and Ito's palette, which people with any kind of colour vision can tell
/// apart. Training is blue, test orange, and red a number in which both disagree; nothing else has
/// these hues: classes, the lanes of a race and signed quantities have the remaining ones. Without
/// colours, attributes take their place.
///
/// > Source: M. Okabe and K. Ito, Color Universal Design (2008).
public struct Theme: Equatable, Sendable {
  /// The background of the terminal.
  public enum Background: String, Equatable, Sendable, CaseIterable {
    /// Light text on a dark background.
    case dark
    /// Dark text on a light background.
    case light
  }

  /// The number of colours in use.
  public let depth: ColorDepth
  /// The background for which the colours are chosen.
  public let background: Background
  /// Palette indices by class hue, then level.
  private let heat: [[Int]]
  /// Palette indices from the most negative to the most positive level.
  private let diverging: [Int]

  /// Creates a theme.
  public init(depth: ColorDepth = .colors256, background: Background = .dark) {
    self.depth = depth
    self.background = background
    guard depth == .colors256 else {
      heat = []
      diverging = []
      return
    }
    heat = Self.heatRamps(background).map { ramp in
      (0..<Role.heatLevels).map { ramp[$0 * ramp.count / Role.heatLevels] }
    }
    let ramps = Self.divergingRamps(background)
    diverging = (-Role.divergingLevels...Role.divergingLevels).map { level in
      let ramp = level < 0 ? ramps.negative : ramps.positive
      return ramp[abs(level) * ramp.count / (Role.divergingLevels + 1)]
    }
  }

  /// The look of a style.
  public func pen(for style: Style) -> Pen {
    var pen = pen(for: style.foreground)
    if let background = style.background { pen.background = self.pen(for: background).foreground }
    pen.bold = pen.bold || style.bold
    pen.underline = pen.underline || style.underline
    pen.reverse = pen.reverse != style.reverse
    return pen
  }

  /// The look of a meaning.
  public func pen(for role: Role) -> Pen {
    switch depth {
    case .colors256: penOf256(role)
    case .colors8: penOf8(role)
    case .none: penWithoutColor(role)
    }
  }

  /// The colour of an index of xterm's palette, for pictures; see ``RGB/init(paletteIndex:)``.
  public static func rgb(ofPaletteIndex index: Int) -> RGB { RGB(paletteIndex: index) }

  /// The colours of a picture for the terminal's own foreground and background.
  public var defaultColors: (foreground: RGB, background: RGB) {
    background == .dark
      ? (RGB(208, 208, 208), RGB(18, 18, 18)) : (RGB(38, 38, 38), RGB(255, 255, 255))
  }

  /// The shades of each class's hue from weak to strong, chosen from the palette so that none looks
  /// like another hue.
  private static func heatRamps(_ background: Background) -> [[Int]] {
    background == .dark
      ? [
        [235, 23, 23, 29, 36], [235, 96, 96, 132, 175], [235, 58, 58, 143, 227],
        [235, 60, 60, 98, 141], [235, 64, 64, 70, 113], [235, 53, 53, 127, 164],
        [235, 239, 66, 66, 109], [235, 240, 101, 144, 187],
      ]
      : [
        [255, 194, 151, 72, 29], [255, 225, 218, 175, 132], [255, 230, 186, 143, 100],
        [255, 189, 183, 140, 97], [255, 193, 150, 107, 64], [255, 225, 219, 170, 127],
        [255, 252, 152, 109, 66], [255, 224, 182, 139, 89],
      ]
  }

  /// The shades of signed quantities from weak to strong: each is farther from the background than
  /// the one before, and its hue is fuller.
  private static func divergingRamps(
    _ background: Background
  ) -> (negative: [Int], positive: [Int]) {
    background == .dark
      ? ([234, 235, 96, 133, 176], [234, 235, 65, 71, 78])
      : ([255, 254, 182, 176, 133, 90], [255, 254, 151, 108, 65, 22])
  }

  private static func classIndices(_ background: Background) -> [Int] {
    background == .dark
      ? [36, 175, 227, 141, 113, 164, 109, 187] : [29, 132, 100, 97, 64, 127, 66, 89]
  }

  private func penOf256(_ role: Role) -> Pen {
    let dark = background == .dark
    func pen(_ onDark: Int, _ onLight: Int, bold: Bool = false) -> Pen {
      Pen(foreground: dark ? onDark : onLight, bold: bold)
    }
    switch role {
    case .text, .background: return Pen()
    case .dim: return pen(246, 242)
    case .frame: return pen(240, 249)
    case .strong: return Pen(bold: true)
    case .title: return pen(255, 232, bold: true)
    case .training: return pen(74, 25)
    case .test: return pen(172, 130)
    case .extra, .alarm: return pen(203, 160, bold: true)
    case .calm: return pen(252, 238)
    case .theory: return pen(252, 238)
    case .counterfactual: return pen(248, 243)
    case .kept: return pen(255, 232, bold: true)
    case .masked: return pen(242, 247)
    case .selected: return Pen(foreground: dark ? 231 : 16, bold: true, reverse: false)
    case .focus: return pen(231, 16, bold: true)
    case .warning: return pen(221, 94, bold: true)
    case .error: return Pen(foreground: dark ? 203 : 160, bold: true, reverse: true)
    case .key: return pen(231, 16, bold: true)
    case .classCode(let hue):
      let indices = Self.classIndices(background)
      return Pen(foreground: indices[Int(hue) % indices.count])
    case .laneCode(let lane, let isQuiet): return penOfLane(lane, isQuiet: isQuiet)
    case .heatCode(let hue, let level):
      let levels = heat[Int(hue) % heat.count]
      return Pen(foreground: levels[min(Int(level), levels.count - 1)])
    case .divergingCode(let level):
      let index = min(max(0, Int(level) + Role.divergingLevels), diverging.count - 1)
      return Pen(foreground: diverging[index])
    case .grayCode(let level): return Pen(foreground: 232 + min(Int(level), Role.grayLevels - 1))
    }
  }

  private func penOf8(_ role: Role) -> Pen {
    let dark = background == .dark
    switch role {
    case .text, .background: return Pen()
    case .dim, .counterfactual: return Pen(dim: true)
    case .frame: return Pen(dim: true)
    case .strong, .title, .kept, .selected: return Pen(bold: true)
    case .masked: return Pen(dim: true)
    case .training: return Pen(foreground: dark ? 6 : 4)
    case .test: return Pen(foreground: dark ? 3 : 1)
    case .extra, .alarm: return Pen(foreground: dark ? 1 : 5, bold: true, underline: !dark)
    case .calm: return Pen()
    case .theory: return Pen()
    case .focus: return Pen(bold: true, underline: true)
    case .warning: return Pen(bold: true, underline: true)
    case .error: return Pen(foreground: 1, bold: true, reverse: true)
    case .key: return Pen(bold: true)
    case .classCode(let hue), .heatCode(let hue, _):
      // Two hues are left, and each has four attributes.
      let index = Int(hue) % Role.classHues
      return Pen(
        foreground: index % 2 == 0 ? 2 : 5, bold: index / 2 == 1, underline: index / 2 == 3,
        dim: index / 2 == 2)
    case .laneCode(let lane, let isQuiet): return penOfLane(lane, isQuiet: isQuiet)
    case .divergingCode(let level):
      return level == 0 ? Pen() : Pen(foreground: level < 0 ? 5 : 2)
    case .grayCode: return Pen()
    }
  }

  private func penWithoutColor(_ role: Role) -> Pen {
    switch role {
    case .strong, .title, .kept, .test, .key: Pen(bold: true)
    case .extra, .alarm: Pen(bold: true, underline: true)
    case .calm: Pen()
    case .dim, .frame, .masked, .counterfactual: Pen(dim: true)
    case .selected, .focus: Pen(bold: true)
    case .warning: Pen(bold: true, underline: true)
    case .error: Pen(bold: true, reverse: true)
    case .divergingCode(let level): level < 0 ? Pen(underline: true) : Pen()
    case .laneCode(let lane, let isQuiet): penOfLane(lane, isQuiet: isQuiet)
    case .text, .background, .training, .theory, .classCode, .heatCode, .grayCode: Pen()
    }
  }
}
