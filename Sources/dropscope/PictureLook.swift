import DropoutEngine
import TerminalCells

/// Characters and colours of a picture that is drawn without a terminal.
struct PictureLook {
  let glyphs: GlyphSet
  let theme: Theme

  /// The looks that the settings name; where they leave it open, 256 colours on a dark ground.
  init(_ display: DisplaySettings) {
    let depth = display.colors.depth ?? .colors256
    let glyphs: GlyphSet = display.glyphs == .ascii ? .ascii : .unicode
    self.glyphs = glyphs.adjusted(to: depth)
    theme = Theme(depth: depth, background: display.theme == .light ? .light : .dark)
  }
}
