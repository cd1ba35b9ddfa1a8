import Charts
import DropoutEngine
import Explorer
import Recordings
import TerminalCells

extension FollowedRecording {
  /// The screen of the newest look; nil where there is none yet.
  func state(
    size: ScreenSize, glyphs: GlyphSet, theme: Theme, keys: KeyMap<RecordedCommand>
  ) throws(CommandFailure) -> RecordedState? {
    guard let header = reader.header, let history = reader.history, reader.lookCount > 0 else {
      return nil
    }
    let last = reader.lookCount - 1
    var state = RecordedState(
      header: header, shown: try look(at: last), lookCount: last + 1, history: history,
      activity: activity, size: size, glyphs: glyphs, theme: theme)
    state.keys = keys
    return state
  }

  /// Writes the screen of the newest look to the standard output.
  ///
  /// - Throws: status 65 where there is no look.
  mutating func writePicture(
    _ size: PictureSize, _ display: DisplaySettings, keys: KeyMap<RecordedCommand>
  ) throws(CommandFailure) {
    try catchUp()
    let look = PictureLook(display)
    guard
      let state = try state(
        size: ScreenSize(columns: size.columns, rows: size.rows), glyphs: look.glyphs,
        theme: look.theme, keys: keys)
    else { throw CommandFailure(reader.emptyError) }
    var output = OutputStream.standardOutput()
    try output.write(
      ScreenPicture.svg(
        of: RecordedScreen.draw(state), theme: state.theme, title: state.pictureTitle
      ).utf8)
    try output.flush()
  }
}

extension RecordedState {
  /// The title of a picture of the screen.
  var pictureTitle: String {
    "dropscope, \(ForeignText.shown(header.model, limit: 40)), step \(shown.look.step)"
  }
}
