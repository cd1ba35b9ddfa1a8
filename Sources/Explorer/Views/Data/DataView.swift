import DropoutEngine

extension ViewDefinition {
  /// Examples, classes, ranges and the split of the dataset.
  public static let data: ViewDefinition = .init(
    name: "data", panels: [.examples, .inputs, .classes, .results],
    lay: { DataLayout.lay($0, in: $1) }, sentence: DataSentence.forms, hero: DataSentence.hero,
    explain: DataExplanations.hero,
    footer: { state in
      [
        FooterLine.key(state.keys.arrows, "scroll"),
        FooterLine.key(state, .panel(.next), "panel"), FooterLine.key(state, .zoom, "zoom"),
        FooterLine.key(state, .own(.showNotes), "how read"),
        FooterLine.run(state), FooterLine.help(state), FooterLine.key(state, .quit, "quit"),
      ]
    },
    plainLines: PlainText.liveLines,
    keys: [
      KeyRow(
        "n", "view 6: how the file was read", before: "+ -", [("n", .own(.showNotes))],
        naming: { "view \($0(.view(.data))): how the file was read" })
    ])
}

extension ViewKey {
  /// Show the decisions that were made while the data were read.
  static let showNotes = ViewKey(name: "notes", elsewhere: notesElsewhere) { $0.showNotes() }

  private static let notesElsewhere: @Sendable (KeyMap<KeyCommand>) -> String = { keys in
    "\(keys[.own(.showNotes)]) in view \(keys[.data]) tells how a file was read"
  }
}

extension ExplorerState {
  /// The keys that show the decisions that were made while the data were read; empty where there
  /// were none.
  public var notesHint: String {
    snapshot.dataset.notes.isEmpty
      ? ""
      : "\(keys[.data]) \(keys[.own(.showNotes)]) tells how \(snapshot.dataset.name) was read"
  }

  /// Shows the decisions that were made while the data were read.
  fileprivate mutating func showNotes() -> [Effect] {
    let dataset = snapshot.dataset
    guard !dataset.notes.isEmpty else {
      message = "nothing had to be decided to read \(dataset.name)"
      return []
    }
    overlay = .message(title: "how \(dataset.name) was read", lines: dataset.notes, scroll: 0)
    return []
  }
}
