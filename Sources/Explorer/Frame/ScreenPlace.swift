/// A thing on the screen that has a name: a number, a column, a curve, a line of the frame.
///
/// Its panel marks its cells while it is drawn. So a lesson can point at it, and the
/// person can ask what it is.
public struct ScreenPlace: Hashable, Sendable {
  /// The panel that it belongs to; nil for what stands around the panels, such as the sentence,
  /// and where a recording is shown.
  public let panel: Panel?
  /// The name of the panel of a recording that it belongs to; nil in the explorer.
  private let recordedPanel: String?
  /// Its name in its panel, in the words of the heading: `test`; empty for the panel as a whole.
  public let name: String
  /// The number of its row, from 0, where each row has one of its own: the unit, the layer.
  public let row: Int?

  /// Names a thing on the screen.
  public init(panel: Panel? = nil, name: String = "", row: Int? = nil) {
    (self.panel, recordedPanel, self.name, self.row) = (panel, nil, name, row)
  }

  /// Names a thing in a panel of a recording.
  init(recorded panel: RecordedPanel, name: String, row: Int? = nil) {
    (self.panel, recordedPanel, self.name, self.row) = (nil, panel.name, name, row)
  }

  /// The name of its panel, of either screen; nil for what stands around the panels.
  var panelName: String? { panel?.name ?? recordedPanel }

  /// The first line: what runs, and how far it is.
  static let title = ScreenPlace(name: "title")
  /// The sentence made from the live numbers.
  static let sentence = ScreenPlace(name: "sentence")
  /// The one number that the screen is about.
  static let hero = ScreenPlace(name: "hero")
  /// The names of the views.
  static let tabs = ScreenPlace(name: "tabs")
  /// The keys.
  static let footer = ScreenPlace(name: "footer")

  /// The value of a parameter, in the first or the last line.
  static func parameter(_ name: String) -> ScreenPlace { ScreenPlace(name: parameterPrefix + name) }

  /// The parameter whose value it is; nil for any other place.
  var parameter: String? {
    panel == nil && name.hasPrefix(ScreenPlace.parameterPrefix)
      ? String(name.dropFirst(ScreenPlace.parameterPrefix.count)) : nil
  }

  private static let parameterPrefix = "parameter "

  /// Whether it is a number of the sentence.
  var isOfSentence: Bool { self.name == ScreenPlace.sentence.name && row != nil }
}

extension ScreenPlace: CustomStringConvertible {
  /// Its name as a lesson writes it: `sums/test`, `sums`, `sentence`; rows are counted from 1.
  public var description: String {
    [panelName, name.isEmpty ? nil : name, row.map { "\($0 + 1)" }].compactMap(\.self)
      .joined(separator: "/")
  }
}
