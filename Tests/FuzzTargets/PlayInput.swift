import DropoutEngine
import Explorer
import Fuzzing
import RepeatableRandom
import TerminalCells

/// Plays for the explorer: the settings of a small experiment, then what happens, line by line.
enum PlayInput {
  static let samples: [[UInt8]] = [
    "set examples 60\nset hidden 5,4\nsize 80 24\nkey s\ntrain 3 5\ndeliver 1\nkey 3\nkey Enter\n",
    "set data glyphs\nset examples 40\nkey 4\nask\nmeasure 1\ndeliver 1\ntype keep 0.8\n"
      + "train 9 1\n",
    "key t\nkey Enter\nsettle\nkey Enter\nsettle\nmouse press 10 10\npaste a\\nb\nsize 0 0\n",
  ].map { Array($0.utf8) }

  private static let settingPrefix = "set "

  /// The settings of an input.
  static func settings(_ bytes: [UInt8]) -> [(name: String, value: String)] {
    lines(bytes).filter { $0.hasPrefix(settingPrefix) }.map { line in
      let words = line.dropFirst(settingPrefix.count).split(
        separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(words.first ?? ""), words.count > 1 ? String(words[1]) : "")
    }
  }

  /// The events, in their order.
  static func events(_ bytes: [UInt8]) -> [String] {
    lines(bytes).filter { !$0.hasPrefix(settingPrefix) }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  static func outcome(_ number: Int) -> SaveOutcome {
    switch abs(number % 3) {
    case 0: .saved(path: "a.session")
    case 1: .exists(path: "a.session")
    default: .failed(path: "a.session", reason: "no room")
    }
  }

  static func make(_ random: inout Generator) -> [UInt8] {
    var lines = settings(&random).map { "set \($0.name) \($0.value)" }
    if random.int(below: 3) > 0 { lines.append("size \(size(&random))") }
    if random.int(below: 6) == 0 { lines.append("lesson \(random.int(below: 20))") }
    for _ in 0..<random.element([5, 20, 40, 80]) { lines += event(&random) }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func settings(_ random: inout Generator) -> [(name: String, value: String)] {
    var settings = [
      (name: "examples", value: random.element(["8", "20", "20", "40", "120"])),
      (name: "hidden", value: random.element(["1", "3", "4", "5,4", "4,3,2", "2,2,2,2", "12"])),
    ]
    func maybe(_ name: String, _ values: [String], in count: Int = 3) {
      guard random.int(below: count) == 0 else { return }
      settings.append((name, random.element(values)))
    }
    maybe("data", BuiltInDataset.allCases.map(\.rawValue), in: 2)
    maybe("variant", Variant.allCases.map(\.rawValue), in: 2)
    maybe("learners", ["1", "2", "3"], in: 1)
    maybe("batch", ["1", "7", "10", "64"])
    maybe("keep", ["0.1", "0.5", "0.9", "1", "1e-17"])
    maybe("keep-input", ["0.5", "0.8"], in: 5)
    maybe("optimizer", ["sgd", "momentum", "nesterov", "adam", "rmsprop"])
    maybe("activation", ["relu", "tanh", "sigmoid", "linear"], in: 4)
    maybe("learning-rate", ["0", "0.1", "1e3", "1e30"], in: 5)
    maybe("test-fraction", ["0", "0.1", "0.9"], in: 5)
    maybe("normalize", ["none", "standard"], in: 6)
    maybe("loss", ["mean-squared-error", "cross-entropy"], in: 8)
    maybe("seed", ["0", "3", "9007199254740991"], in: 4)
    return settings
  }

  /// Most sizes are those of terminals; some are no size to draw on.
  private static func size(_ random: inout Generator) -> String {
    switch random.int(below: 6) {
    case 0: "\(random.int(0...300)) \(random.int(0...100))"
    case 1: "\(random.int(58...82)) \(random.int(18...26))"
    default:
      random.element(["80 24", "80 24", "120 40", "60 20", "200 60", "300 100", "0 0", "1 1"])
    }
  }

  private static func event(_ random: inout Generator) -> [String] {
    let number = random.int(below: 1_000_000)
    switch random.int(below: 40) {
    case 0...13: return ["key \(random.element(keys))"]
    case 14, 15: return ["key \(random.element(["Enter", "Esc", "down", "up", "Tab"]))"]
    case 16...18: return ["type \(entry(&random))"]
    case 19: return ["write \(random.element(texts))"]
    case 20: return ["paste \(random.element(texts))"]
    case 21...23:
      let action = random.element(["press", "press", "press", "release", "up", "down"])
      return ["mouse \(action) \(random.int(-1...130)) \(random.int(-1...42))"]
    case 24: return ["size \(size(&random))"]
    case 25, 26: return ["train \(random.int(below: 6)) \(random.int(below: 12))"]
    case 27: return ["race \(random.int(below: 4)) \(random.int(below: 6))"]
    case 28, 29: return ["train 9 1", "deliver \(number)"]
    case 30: return ["deliver \(number)"]
    case 31: return ["ask", "train 2 2"]
    case 32, 33: return ["measure \(number)"]
    case 34: return ["race 9 3", "deliver-race \(number)"]
    case 35: return ["settle"]
    case 36: return ["key 3", "key Enter", "race 9 3", "deliver-race \(number)"]
    case 37: return ["key g", "write \(random.element(moments))", "key Enter"]
    case 38: return [random.element(["key t", "key ?", "key i", "key b", "key v"]), "key Enter"]
    default:
      return [
        random.element([
          "told something was written", "saved \(number)", "autosaved no room", "autosaved",
          "written folder", "written .", "not-written folder", "lesson \(number % 20)",
        ])
      ]
    }
  }

  /// The keys of the table, and others.
  private static let keys: [String] =
    KeyTable.rows.flatMap { $0.bindings.map(\.key.name) }.filter { $0 != "q" && $0 != "Ctrl-C" }
    + ["x", "F1", "Delete", "Backspace", "n", "N", "a", "p", "7", "9", "0", "Ctrl-u", "\u{E9}"]

  private static let texts = [
    "keep 0.5", "data moons", "\u{6F22}\u{5B57}", "\u{1F600}", "e\u{301}", "\u{1B}[31mred",
    "a\\nb\\nc",
    "12", "-1", "99999999999999999999",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "\u{202E}turned", "  ", ":", "nan", "/tmp", "s", "branch",
  ]

  private static let moments = [
    "0", "5", "30", "-1", "epoch 2", "e3", "nan", "best", "last change", "4294967295",
    "4294967296", "99999999999999999999", "x", "", "1.5",
  ]

  /// A line of the palette: any parameter, with a value that it takes or does not.
  private static func entry(_ random: inout Generator) -> String {
    if random.int(below: 3) == 0 { return random.element(entries) }
    let row = random.element(ParameterTable.all)
    let isNasty = random.int(below: 3) == 0
    let value =
      isNasty || row.choices.isEmpty
      ? String(decoding: random.element(NastyNumbers.texts), as: UTF8.self)
      : random.element(row.choices)
    return "\(row.name) \(value)"
  }

  private static let entries = [
    "data moons", "data glyphs", "data circle", "data plane", "data nowhere", "examples 20",
    "examples 90", "hidden 3", "hidden 5,4", "hidden 6,2,3", "seed 3", "variant bagging",
    "variant random-subspace", "variant inverted", "variant classic", "learners 2", "batch 1",
    "batch 64", "keep 0.3", "keep 0.9", "keep-input 0.5", "scaling off", "optimizer adam",
    "learning-rate 1e30", "dropout-noise dropconnect", "mask-sharing batch", "epochs 2", "steps 40",
    "until-loss 0.3", "test-fraction 0.1", "test-fraction 0", "speed max", "task regress",
    "loss mean-squared-error", "theme light", "glyphs ascii",
  ]
}
