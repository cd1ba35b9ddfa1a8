public import TerminalCells

/// Screens one after the other as one picture in SVG, which moves without a script.
///
/// The first screen is drawn whole, and each later one draws over it the cells that have changed,
/// so that the size grows with what changes. Where motion is not wanted, or not known, the first
/// screen stands still.
/// ```swift
/// var picture = MovingPicture(theme: theme)
/// for screen in screens { picture.append(screen) }
/// picture.svg(title: "two screens", timing: FrameTiming(frame: 200, last: 2000))
/// ```
public struct MovingPicture {
  /// The screens so far.
  public private(set) var frameCount = 0
  private let theme: Theme
  private var last = CellBuffer(width: 0, height: 0)
  private var palette = PicturePalette()
  private var elements: [String] = []
  /// The frames that draw something; the first one, 0, is left out.
  private var moments: [Int] = []

  /// Creates a picture without screens; the theme says how meanings look.
  public init(theme: Theme) {
    self.theme = theme
  }

  /// Appends a screen; all have the size of the first one.
  public mutating func append(_ screen: CellBuffer) {
    defer {
      last = screen
      frameCount += 1
    }
    guard frameCount > 0 else {
      let layer = PictureLayer(
        of: screen, ChangedCells.all(of: screen), theme: theme,
        over: theme.defaultColors.background)
      elements = layer.elements(&palette)
      return
    }
    let changes = ChangedCells.between(last, screen)
    guard !changes.isEmpty else { return }
    let layer = PictureLayer(of: screen, changes, theme: theme, over: nil)
    elements += ["<g class=\"f f\(frameCount)\">"] + layer.elements(&palette) + ["</g>"]
    moments.append(frameCount)
  }

  /// The picture of the screens so far.
  ///
  /// - Parameters:
  ///   - title: the words with which a screen reader names the picture.
  ///   - timing: how long the frames stay.
  /// - Returns: a whole SVG document.
  public func svg(title: String, timing: FrameTiming) -> String {
    ScreenPicture.document(of: last, theme: theme, title: title)
      .text(elements, style: PictureLayer.rules + palette.rules + motionRules(timing))
  }

  /// The rules that show each frame from its moment to the end of the round.
  private func motionRules(_ timing: FrameTiming) -> String {
    guard !moments.isEmpty else { return "" }
    var rules = ".f{visibility:hidden}\n@media (prefers-reduced-motion:no-preference){\n"
    rules += ".f{animation:\(timing.round(frames: frameCount))ms step-end infinite}\n"
    for moment in moments { rules += ".f\(moment){animation-name:f\(moment)}\n" }
    rules += "}\n"
    for moment in moments {
      let start = timing.percent(before: moment, of: frameCount)
      rules += "@keyframes f\(moment){\(start){visibility:visible}}\n"
    }
    return rules
  }
}
