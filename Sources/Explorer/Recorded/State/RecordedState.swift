public import Recordings
public import TerminalCells

/// Everything that decides what the screen of a recording shows: a value that only its update
/// changes.
public struct RecordedState: Sendable {
  /// The box that lies over the screen.
  public enum Overlay: Equatable, Sendable {
    /// Nothing.
    case none
    /// The keys; the first line that is shown.
    case help(scroll: Int)
    /// A number explained beside its place.
    case explanation(ScreenPlace)
    /// All numbers of the focused panel explained.
    case formula(scroll: Int)
    /// The verdicts on all gaps.
    case verdicts(scroll: Int)
  }

  /// The model, and who recorded it.
  public let header: RecordingHeader
  /// The look that is shown.
  public var shown: ShownLook
  /// The looks so far.
  public var lookCount: Int
  /// The course of the training.
  public var history: RecordingHistory
  /// Whether the training still runs.
  public var activity: RecordingActivity
  /// The bytes of a last line that is not finished.
  public var unfinishedBytes = 0
  /// Whether each new look is shown.
  public var isFollowing = true
  /// The look that was asked for last, from 0.
  public var asked: Int
  /// The selected layer.
  public var layer: Int
  /// The selected unit, an index into the shown units.
  public var unit = 0
  /// The panel that keys act on; nil is none in particular.
  public var focus: RecordedPanel?
  /// The panel that fills the screen.
  public var zoomed: RecordedPanel?
  /// The tab that is shown where panels are folded.
  public var tab = 0
  /// Whether curves are drawn on a logarithmic axis.
  public var logAxis = false
  /// The box that lies over the screen.
  public var overlay = Overlay.none
  /// One line to tell the person; empty is none.
  public var message = ""
  /// The reason why the recording cannot be read on; empty where it can.
  public var failure = ""
  /// The keys.
  public var keys = KeyMap<RecordedCommand>.standard
  /// The type of the terminal, as the variable TERM names it; empty where there is none.
  public var terminalType = ""
  /// The size of the screen.
  public var size: ScreenSize
  /// The characters that the screen is drawn with.
  public var glyphs: GlyphSet
  /// The look of each meaning.
  public var theme: Theme

  /// Creates the first state of a recording; the worst gap is selected.
  public init(
    header: RecordingHeader, shown: ShownLook, lookCount: Int, history: RecordingHistory,
    activity: RecordingActivity, size: ScreenSize, glyphs: GlyphSet = .unicode,
    theme: Theme = Theme()
  ) {
    self.header = header
    self.shown = shown
    self.lookCount = lookCount
    self.history = history
    self.activity = activity
    self.size = size
    self.glyphs = glyphs
    self.theme = theme
    asked = shown.index
    layer = 0
    layer = firstLayer
    unit = widestUnit
  }

  /// The layer behind the worst gap, else behind the first one where something is dropped.
  private var firstLayer: Int {
    let last = max(0, header.layers.count - 1)
    if let worst = shown.worst, worst.severity > .fine, let gap = worst.gap {
      return min(gap, last)
    }
    return min(shown.gaps?.verdict.firstIndex { $0 != .none && $0 != .unmeasured } ?? 0, last)
  }

  /// The unit of the selected layer whose sums differ most.
  private var widestUnit: Int {
    guard let units = shown.look.units(of: layer) else { return 0 }
    let gaps = zip(units.training, units.test).map { pair in
      let gap = ((pair.0 ?? .nan) - (pair.1 ?? .nan)).magnitude
      return gap.isNaN ? -1 : gap
    }
    return gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
  }

  /// The selected layer; nil where the model has none.
  var selectedLayer: RecordedLayer? {
    header.layers.indices.contains(layer) ? header.layers[layer] : nil
  }

  /// The units of the selected layer that are shown.
  var unitCount: Int { selectedLayer?.shownUnits.count ?? 0 }

  /// The panel whose numbers are explained.
  var formulaPanel: RecordedPanel { focus ?? zoomed ?? .sums }
}
