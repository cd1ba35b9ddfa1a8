import TerminalCells

/// The colours and the weight of a cell, worked out for a theme.
struct CellLook: Equatable {
  /// The colour of the character.
  var foreground: RGB
  /// The colour behind it.
  var background: RGB
  /// Whether the character is bold.
  var isBold: Bool
  /// Whether a line is drawn under it.
  var isUnderlined: Bool

  /// The look of a style.
  init(_ style: Style, theme: Theme) {
    let pen = theme.pen(for: style)
    let defaults = theme.defaultColors
    foreground =
      pen.foreground < 0 ? defaults.foreground : Theme.rgb(ofPaletteIndex: pen.foreground)
    background =
      pen.background < 0 ? defaults.background : Theme.rgb(ofPaletteIndex: pen.background)
    if pen.reverse { swap(&foreground, &background) }
    if pen.dim { foreground = foreground.mixed(with: background, share: 0.4) }
    isBold = pen.bold
    isUnderlined = pen.underline
  }
}
