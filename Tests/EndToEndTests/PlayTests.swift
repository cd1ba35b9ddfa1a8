import Foundation
import RepeatableRandom
import Testing
import TmuxSupport

/// A person who plays for as long as somebody wants: DROPSCOPE_PLAY_SECONDS, else 15 seconds.
@Suite("A long play") struct PlayTests {
  private static let seconds =
    ProcessInfo.processInfo.environment["DROPSCOPE_PLAY_SECONDS"].flatMap(Double.init) ?? 15

  /// The seed of the keys, for playing another time in another way.
  private static let seed =
    ProcessInfo.processInfo.environment["DROPSCOPE_PLAY_SEED"].flatMap(UInt64.init) ?? 17

  private static let escape = "\u{1B}"

  /// The keys of one move: pieces, of which each is typed when the one before was taken.
  private static func move(_ random: inout Generator) -> [String] {
    let step = random.int(0...3000)
    return switch random.int(below: 25) {
    case 0, 1: [" "]
    case 2: ["s"]
    case 3: [random.element(["[", "]", "d", "f"])]
    case 4: [random.element(["{", "}", "D", "F"])]
    case 5: [random.element(["(", ")"])]
    case 6: [String(repeating: random.element([",", "."]), count: random.int(1...20))]
    case 7: [random.element(["<", ">"])]
    // Home and End.
    case 8: [random.element(["\u{1B}[1~", "\u{1B}[4~"])]
    case 9: [random.element(["u", "uu", "U", "uU", "uuUU"])]
    case 10, 11: ["g\(step)\r"]
    case 12: [random.element(["gepoch \(step / 50)\r", "glowest\r", "g-17\r", "g+40\r"]), escape]
    case 13: ["bjj\r", escape]
    case 14: [random.element(["bx", "bjx", "bjjjx"]), escape]
    case 15: ["bnname \(step)\r", escape, escape]
    case 16: [":learning-rate 0.0\(random.int(1...9))\r", escape]
    case 17: [":optimizer \(random.element(["sgd", "momentum", "nesterov", "adam"]))\r", escape]
    case 18: [":batch \(random.int(1...30))\r", escape]
    case 19: [random.element(["mjj\r", "mj\r", "m\r"]), escape]
    case 20: [random.element(["h", "j", "k", "l", "e", "E", "o"])]
    case 21: [random.element(["2", "3", "4", "5", "6"]), random.element(["s", "]", "u"]), "1"]
    case 22: [random.element(["?", "i", "v", "y", "t"]), escape, escape]
    case 23: ["+", "-"]
    default: ["\t", "z", escape, escape]
    }
  }

  private func type(_ pieces: [String], into explorer: ExplorerSession) throws {
    var together = ""
    for piece in pieces {
      together += piece
      guard piece == PlayTests.escape else { continue }
      try explorer.tmux.send(together)
      together = ""
      // A key right behind Escape would be one with Alt.
      Thread.sleep(forTimeInterval: 0.12)
    }
    if !together.isEmpty { try explorer.tmux.send(together) }
  }

  /// Waits until all keys were taken up, as a person does who looks at the screen.
  ///
  /// Each change waits for the disk, so that keys could otherwise come faster for an hour.
  private func keepUp(_ explorer: ExplorerSession) throws {
    let escape = PlayTests.escape
    for _ in 0..<12 {
      try type([escape, escape, escape], into: explorer)
      // A key that arrives together with Escape, since changes were written, is one with Alt.
      Thread.sleep(forTimeInterval: 0.4)
      try explorer.tmux.send("?")
      let end = Date().addingTimeInterval(5)
      while Date() < end {
        guard try explorer.tmux.screen().contains("─ keys ") else { continue }
        try type([escape], into: explorer)
        Thread.sleep(forTimeInterval: 0.4)
        return
      }
    }
    throw Tmux.TimedOut(description: "no help after all other keys: \(try explorer.tmux.screen())")
  }

  @Test("Whatever was pressed, its session gives the weights on the screen again, bit for bit")
  func play() throws {
    var random = Generator(seed: PlayTests.seed)
    let explorer = try ExplorerSession(
      "--data spiral --hidden 8,6 --examples 200 --theme dark", width: 120, height: 40)
    let process = try explorer.processID()
    let end = Date().addingTimeInterval(PlayTests.seconds)
    var moves = 0
    while Date() < end {
      try type((0..<6).flatMap { _ in PlayTests.move(&random) }, into: explorer)
      moves += 6
      #expect(kill(process, 0) == 0, "it ended after \(moves) moves")
      guard kill(process, 0) == 0 else { return }
      try keepUp(explorer)
    }
    // Back to the live view, and paused: one step back pauses.
    try type(["1,"], into: explorer)
    try explorer.press("S", shows: "save the session as")
    let file = explorer.tmux.path("play.json")
    try type([String(repeating: "\u{7F}", count: 60) + file + "\r"], into: explorer)
    try explorer.tmux.wait("the session", seconds: 60) { !explorer.tmux.text("play.json").isEmpty }
    try explorer.press("w", shows: "write to the folder")
    try type(["\u{7F}" + explorer.tmux.path("") + "\r"], into: explorer)
    let folder = URL(fileURLWithPath: explorer.tmux.path(""))
    func trace() throws -> URL? {
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .first { $0.path.hasSuffix(".trace.jsonl") }
    }
    try explorer.tmux.wait("the trace", seconds: 60) {
      guard let file = try trace() else { return false }
      return try Data(contentsOf: file).last == 0x0A
    }
    try explorer.tmux.type("q")
    try explorer.tmux.wait("the end", seconds: 60) { kill(process, 0) != 0 }
    let screen = try explorer.tmux.screen(history: true)
    #expect(screen.contains("is kept: dropscope --resume"), "\(screen)")

    // The straight run: from step 0, with every change at its step.
    let text = explorer.tmux.text("play.json")
    #expect(text.components(separatedBy: "\"parameter\"").count > 3, "\(moves) moves: \(text)")
    let program = try ExplorerSession.path()
    let out = explorer.tmux.path("play.safetensors")
    try explorer.tmux.line(
      "clear; '\(program)' train --resume '\(file)' --export '\(out)' > metrics 2> errors; "
        + "echo TRAINED'='$?; '\(program)' trace --resume '\(file)' > straight 2>> errors; "
        + "echo TRACED'='$?")
    try explorer.tmux.wait("the straight run", seconds: 60 + 4 * PlayTests.seconds) {
      try explorer.tmux.screen().contains("TRACED=")
    }
    let after = try explorer.tmux.screen()
    #expect(after.contains("TRAINED=0") && after.contains("TRACED=0"), "\(after)")
    let errors = explorer.tmux.text("errors")
    #expect(errors.contains("the same weights as when it was saved"), "\(errors)")
    #expect(FileManager.default.fileExists(atPath: out))
    // All numbers of the step on the screen, not the hash of the weights alone.
    let written = try Data(contentsOf: try #require(try trace()))
    #expect(explorer.tmux.text("straight") == String(decoding: written, as: UTF8.self))
  }
}
