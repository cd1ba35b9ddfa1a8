import Explorer
import Lessons

/// A lesson of a few words that has a step of each kind.
enum SmallLesson {
  /// Its file.
  static let document = """
    {"name": "small", "title": "Small", "about": "Few words",
     "setup": {"data": "xor", "hidden": "4", "variant": "unscaled", "seed": "3"},
     "steps-before": 20, "select": {"layer": "output", "unit": 1},
     "steps": [
       {"kind": "look", "text": "Step {step:0}.", "mark": ["sums"]},
       {"kind": "predict", "text": "How much?", "hide": ["sentence"],
        "answers": [{"text": "same", "right": "abs(ratio - 1) < 0.1"},
                    {"text": "twice", "right": "abs(ratio - 2) < 0.1", "why": "Twofold."}]},
       {"kind": "do", "text": "Press [scaling].", "until": "scaling = classic",
        "act": ["set scaling classic"]},
       {"kind": "see", "text": "From {before(ratio)} to {ratio}.",
        "check": "before(ratio) > ratio", "otherwise": "No."},
       {"kind": "do", "text": "Three steps.", "until": "step >= since(step) + 3", "act": ["run 3"]},
       {"kind": "because", "text": "So it is.", "set": {"keep": "0.8"}, "view": "sums"}],
     "limits": "Nothing more."}
    """

  /// Reads it, or a text that was made of it.
  static func read(_ text: String = document) throws -> Lesson {
    try Lesson(document: Array(text.utf8), name: "small.json", .explorer)
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    let rest = drop { $0 == " " }
    return String(rest.dropLast(rest.reversed().prefix { $0 == " " }.count))
  }
}
