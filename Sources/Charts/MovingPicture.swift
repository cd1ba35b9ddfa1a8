public import TerminalCells

/// Screens one after the other as one picture in SVG, which moves without a script.
///
/// The first screen is drawn whole, and each later one draws over it the cells that have changed,
/// so that the size grows with what changes. Where motion is not wanted, or not known, the first
/// screen stands still.
public enum MovingPicture {
  /// The picture.
  ///
  /// - Parameters:
  ///   - frames: the screens, at least one, all of one size.
  ///   - theme: how meanings look.
  ///   - title: the words with which a screen reader names the picture.
  ///   - timing: how long the frames stay.
  /// - Returns: a whole SVG document.
  public static func svg(
    of frames: [CellBuffer], theme: Theme, title: String, timing: FrameTiming
  ) -> String {
    precondition(!frames.isEmpty, "a moving picture of no frames")
    var palette = PicturePalette()
    let first = PictureLayer(
      of: frames[0], ChangedCells.all(of: frames[0]), theme: theme,
      over: theme.defaultColors.background)
    var elements = first.elements(&palette)
    var moments: [Int] = []
    for index in frames.indices.dropFirst() {
      let changes = ChangedCells.between(frames[index - 1], frames[index])
      if changes.isEmpty { continue }
      let layer = PictureLayer(of: frames[index], changes, theme: theme, over: nil)
      elements.append("<g class=\"f f\(index)\">")
      elements += layer.elements(&palette)
      elements.append("</g>")
      moments.append(index)
    }
    let style = PictureLayer.rules + palette.rules + rules(moments, of: frames.count, timing)
    return ScreenPicture.document(of: frames[0], theme: theme, title: title)
      .text(elements, style: style)
  }

  /// The rules that show each frame from its moment to the end of the round.
  private static func rules(_ moments: [Int], of frames: Int, _ timing: FrameTiming) -> String {
    guard !moments.isEmpty else { return "" }
    var rules = ".f{visibility:hidden}\n@media (prefers-reduced-motion:no-preference){\n"
    rules += ".f{animation:\(timing.round(frames: frames))ms step-end infinite}\n"
    for moment in moments { rules += ".f\(moment){animation-name:f\(moment)}\n" }
    rules += "}\n"
    for moment in moments {
      let start = timing.percent(before: moment, of: frames)
      rules += "@keyframes f\(moment){\(start){visibility:visible}}\n"
    }
    return rules
  }
}
