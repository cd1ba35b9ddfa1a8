import Lessons

/// Lessons as files have them, and the names that they can use.
enum LessonSamples {
  /// A small vocabulary: numbers, words and places.
  static let vocabulary = LessonVocabulary(
    quantities: ["ratio", "keep", "step", "kept.LAYER", "scaling"],
    kind: { name in
      switch name {
      case "ratio", "keep", "step", "kept.hidden1", "kept.hidden2", "kept.hidden3": .number
      case "scaling", "view": .word
      default: nil
      }
    },
    words: { $0 == "scaling" ? ["off", "classic", "left-on-at-test"] : nil },
    layer: { $0.hasPrefix("kept.") ? String($0.dropFirst(5)) : nil },
    commands: ["scaling", "step-on", "lessons"], acts: ["scaling", "step-on"],
    views: ["live", "sums", "race"],
    races: ["question", "twins"],
    places: [
      LessonVocabulary.Place(
        "sums", parts: ["test", "ratio"], hasUnits: true, views: ["live", "sums"]),
      LessonVocabulary.Place("sentence"), LessonVocabulary.Place("network", parts: nil),
    ])

  /// The steps of a lesson of every kind.
  static let steps = """
    {"kind": "look", "text": "Look at {ratio} {1/keep:0}.", "mark": ["sums/test", "network"]},
    {"kind": "predict", "text": "How much?", "hide": ["sums/ratio"],
     "answers": [{"text": "same", "right": "ratio = 1"}, {"text": "twice", "right": "ratio > 1"}]},
    {"kind": "do", "text": "Press [scaling].", "until": "scaling = classic",
     "act": ["set scaling classic", "key step-on", "run 3", "view sums", "race twins"]},
    {"kind": "see", "text": "{ratio:3}", "check": "abs(ratio - 1) < 0.05", "otherwise": "No."},
    {"kind": "because", "text": "{{so}} [[it]] is", "race": [{"name": "L2", "l2": 0.01}]}
    """

  /// A lesson with these steps.
  static func document(
    steps: String = steps, more: String = "", setup: String = #"{"keep": 0.5}"#
  ) -> String {
    """
    {"name": "small", "title": "Small", "about": "Few words", "setup": \(setup), \(more)
     "steps": [\(steps)], "limits": "Nothing more."}
    """
  }

  /// Reads a lesson.
  static func read(_ text: String) throws(LessonError) -> Lesson {
    try Lesson(document: Array(text.utf8), name: "small.json", vocabulary)
  }

  /// The first fault of a lesson, in words; nil where it has none.
  static func fault(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }
}
