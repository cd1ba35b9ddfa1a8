import DropoutEngine
import ExperimentFiles
import Foundation
import SessionSamples
import Sessions
import Testing

@Suite("Sessions on the command line") struct SessionCommandTests {
  /// A session of a training with changes and two branches, in a folder of its own.
  private struct Saved {
    let timeline: Timeline
    let session: Session
    let file: TemporaryFile

    /// A session of an experiment; `edit` is what the file says instead.
    init(
      _ assignments: [(name: String, value: String)] = [], folder: String? = nil,
      program: String = "0.1.0", edit: (String) -> String = { $0 }
    ) throws {
      let settings = try Settings(
        assignments: [("hidden", "5,4"), ("examples", "90"), ("learning-rate", "0.02")]
          + assignments)
      let dataset = try BuiltInDataset.circle.generate(settings.experiment)
      timeline = try SessionSamples.played(settings, dataset: dataset)
      session = SessionSamples.session(
        timeline, settings: settings, folder: folder, program: program)
      let text = edit(String(decoding: session.document, as: UTF8.self))
      file = try TemporaryFile(Array(text.utf8), name: "s.json")
    }

    var path: String { file.path }
  }

  private let place = "branch 2, step 195: the same weights as when it was saved"

  /// The file of a folder, without the name of the file in it.
  private func folder(_ file: TemporaryFile) -> String {
    URL(fileURLWithPath: file.path).deletingLastPathComponent().path
  }

  @Test("trace writes the very evidence of the step that a session stands before")
  func trace() throws {
    let saved = try Saved()
    let result = try Program.run("trace", "--resume", saved.path)
    #expect(result.status == 0)
    #expect(result.errors.contains("session \(saved.path): \(place)"))
    let line = TraceLine.line(of: try saved.timeline.group.learners[0].evidence())
    #expect(result.output == String(decoding: line, as: UTF8.self) + "\n")
    // Steps before and behind it are of the branch, with its changes.
    for step in [0, 69, 70, 149, 150, 240] {
      #expect(saved.timeline.travel(to: step) == .arrived)
      let line = TraceLine.line(of: try saved.timeline.group.learners[0].evidence())
      let there = try Program.run("trace", "--resume", saved.path, "--at", "\(step)")
      #expect(there.output == String(decoding: line, as: UTF8.self) + "\n", "step \(step)")
    }
    let several = try Program.run("trace", "--resume", saved.path, "--at", "148", "--count", "4")
    let ones = try (148..<152).map {
      try Program.run("trace", "--resume", saved.path, "--at", "\($0)").output
    }
    #expect(several.output == ones.joined())
  }

  @Test("Each learner of a session is traced", arguments: ["bagging", "random-subspace"])
  func learners(variant: String) throws {
    let saved = try Saved([("variant", variant), ("learners", "3")])
    for learner in 0..<3 {
      let result = try Program.run("trace", "--resume", saved.path, "--learner", "\(learner)")
      let line = TraceLine.line(of: try saved.timeline.group.learners[learner].evidence())
      #expect(result.output == String(decoding: line, as: UTF8.self) + "\n")
    }
    let none = try Program.run("trace", "--resume", saved.path, "--learner", "3")
    #expect(none.status == 64 && none.errors.contains("it takes 0 to 2"))
  }

  @Test("The first line of the errors is a command that does the same again")
  func announcement() throws {
    let saved = try Saved()
    let share = try saved.session.shareText()
    for (command, first) in [
      (
        "train --resume \(saved.path) --steps 30 --every 10 --metrics losses",
        "dropscope train --resume \(saved.path) --steps 30 --every 10"
      ),
      (
        "trace --resume \(saved.path) --at 148 --count 2",
        "dropscope trace --resume \(saved.path) --at 148 --count 2"
      ),
      ("trace --share \(share)", "dropscope trace --share \(share)"),
      (
        "snapshot --resume \(saved.path) --steps 3 --resume-anyway",
        "dropscope snapshot --resume \(saved.path) --steps 3 --resume-anyway"
      ),
      (
        "ensemble --resume \(saved.path) --examples 0,1",
        "dropscope ensemble --resume \(saved.path) --examples 0,1"
      ),
    ] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(command)")
      let line = result.errors.split(separator: "\n").first.map(String.init)
      #expect(line == first, "\(result.errors)")
      let metrics = command.contains("--metrics") ? " --metrics losses" : ""
      let again = try Program.shell(
        "exec \"$DROPSCOPE\" \(first.dropFirst("dropscope ".count))\(metrics)")
      #expect(again.status == result.status && again.output == result.output)
    }
  }

  @Test("A session without changes exports the bytes of the straight run")
  func exportBytes() throws {
    let settings = try Settings(assignments: [("hidden", "5"), ("variant", "classic")])
    let dataset = try BuiltInDataset.circle.generate(settings.experiment)
    let timeline = Timeline(
      try LearnerGroup(configuration: settings.experiment, dataset: dataset),
      from: settings.experiment, initial: nil)
    try timeline.advance(steps: 130)
    let file = try TemporaryFile(
      SessionSamples.session(timeline, settings: settings).document, name: "s.json")
    let out = try TemporaryFile()
    func bytes(_ arguments: String) throws -> [UInt8] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(arguments)")
      #expect(result.status == 0, "\(result.errors)")
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: out.path)))
    }
    let same = "--hidden 5 --variant classic"
    #expect(
      try bytes("train --resume \(file.path) --export \(out.path)")
        == bytes("train \(same) --steps 130 --export \(out.path)"))
    #expect(
      try bytes("train --resume \(file.path) --steps 70 --export \(out.path)")
        == bytes("train \(same) --steps 200 --export \(out.path)"))
    #expect(
      try bytes("export --resume \(file.path) --epochs 1 --out \(out.path)")
        == bytes("export \(same) --steps 155 --out \(out.path)"))
    for (one, other) in [
      (
        "ensemble --resume \(file.path) --format csv",
        "ensemble \(same) --steps 130 --format csv"
      ),
      (
        "snapshot --resume \(file.path) --steps 20 --view sums",
        "snapshot \(same) --steps 150 --view sums"
      ),
      (
        "train --resume \(file.path) --steps 40 --every 10 --metrics losses | tail -n 3",
        "train \(same) --steps 170 --every 10 --metrics losses | tail -n 3"
      ),
    ] {
      let resumed = try Program.shell("\"$DROPSCOPE\" \(one)")
      let straight = try Program.shell("\"$DROPSCOPE\" \(other)")
      #expect(resumed.errors.contains("step 130: the same weights"), "\(resumed.errors)")
      if one.hasPrefix("snapshot") {
        // The curves were measured at other steps, so only what stands at this step is compared.
        #expect(resumed.output.contains("step 150") == straight.output.contains("step 150"))
      } else {
        #expect(resumed.output == straight.output && !straight.output.isEmpty)
      }
    }
  }

  @Test("Two ways to one place agree: going on from a session, and the session of later on")
  func goingOn() throws {
    let saved = try Saved()
    let out = try TemporaryFile()
    #expect(
      try Program.run("train", "--resume", saved.path, "--steps", "60", "--export", out.path)
        .status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: out.path))
    try saved.timeline.advance(steps: 60)
    let later = try TemporaryFile(
      SessionSamples.session(saved.timeline, settings: saved.session.settings).document,
      name: "later.json")
    #expect(try Program.run("train", "--resume", later.path, "--export", out.path).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: out.path)) == bytes)
  }

  @Test("A share string goes on as the file does; one that was changed is refused")
  func share() throws {
    let saved = try Saved()
    let text = try saved.session.shareText()
    let result = try Program.run("trace", "--share", text)
    #expect(result.errors.contains("share string: branch 1, step 195: the same weights"))
    #expect(result.output == (try Program.run("trace", "--resume", saved.path).output))
    let changed = try Program.run("trace", "--share", String(text.dropLast()) + "~")
    #expect(changed.status == 65 && changed.errors.contains("the share string: "))
    let both = try Program.run("trace", "--share", text, "--resume", saved.path)
    #expect(both.status == 64)
  }

  // MARK: What does not fit

  @Test("Options that a session decides are refused by name; those of the command are not")
  func contradictions() throws {
    let saved = try Saved()
    for option in [
      "--keep 0.5", "--hidden 5,4", "--data moons", "--seed 3", "--weights x", "--drop 0.1",
    ] {
      let result = try Program.shell("\"$DROPSCOPE\" train --resume \(saved.path) \(option)")
      let name = option.split(separator: " ")[0]
      #expect(result.status == 64, "\(option)")
      #expect(result.errors.contains("\(name) is decided by session \(saved.path)"))
    }
    let fine = try Program.shell(
      "\"$DROPSCOPE\" train --resume \(saved.path) --steps 5 --every 2 --format json "
        + "--metrics losses"
    )
    #expect(fine.status == 0, "\(fine.errors)")
    for command in ["compare --share x", "verify --resume x", "train --resume-anyway"] {
      #expect(try Program.shell("\"$DROPSCOPE\" \(command)").status == 64)
    }
  }

  @Test("Other weights are named with both fingerprints and versions, and stop it unless told")
  func otherWeights() throws {
    let saved = try Saved(program: "0.0.9") { text in
      text.replacing("\"value\":\"0.03\"", with: "\"value\":\"0.031\"")
    }
    let result = try Program.run("train", "--resume", saved.path)
    #expect(result.status == 65 && result.output.isEmpty)
    #expect(result.errors.contains("and was \(saved.session.weights) when it was saved"))
    #expect(result.errors.contains("it was saved by dropscope 0.0.9, and this is 0.1.0"))
    let anyway = try Program.run("train", "--resume", saved.path, "--resume-anyway")
    #expect(anyway.status == 0 && anyway.errors.contains("it is gone on anyway"))
    #expect(!anyway.output.isEmpty)
  }

  @Test("Of a session of another version with the same weights, the version is said")
  func otherVersion() throws {
    let saved = try Saved(program: "0.0.9")
    let result = try Program.run("train", "--resume", saved.path)
    #expect(result.status == 0)
    #expect(
      result.errors.contains("\(place) by dropscope 0.0.9; this is 0.1.0\n"), "\(result.errors)")
    let own = try Saved()
    let same = try Program.run("train", "--resume", own.path)
    #expect(same.status == 0 && same.errors.contains("\(place)\n"), "\(same.errors)")
  }

  @Test("A file of data is known by its contents, wherever it lies")
  func data() throws {
    let rows = (0..<60).map { "\($0 % 7),\($0 * 3 % 11),\($0 % 2 == 0 ? "a" : "b")\n" }
    let table = try TemporaryFile(Array(("x,y,c\n" + rows.joined()).utf8), name: "t.csv")
    let moved = try TemporaryFile(Array(("x,y,c\n" + rows.joined()).utf8), name: "u.csv")
    let other = try TemporaryFile(
      Array(("x,y,c\n" + rows.joined()).replacing("6,", with: "5,").utf8), name: "t.csv")
    // The program itself says the fingerprints of a session that names others.
    let settings = try Settings(assignments: [("data", "t.csv"), ("hidden", "3")])
    func document(_ data: String, _ weights: String, folder: String?) throws -> TemporaryFile {
      let session = Session(
        program: "0.1.0", folder: folder, settings: settings,
        branches: [Branch(number: 1, journal: Journal(), reached: 9)],
        position: TimelinePosition(branch: 1, step: 9, changes: 0),
        data: try #require(Fingerprint(data)), weights: try #require(Fingerprint(weights)))
      return try TemporaryFile(session.document, name: "s.json")
    }
    let zero = String(repeating: "0", count: 16)
    let strange = try document(zero, zero, folder: folder(table))
    let asked = try Program.run("train", "--resume", strange.path, "--resume-anyway")
    let found = asked.errors.matches(of: /fingerprint is ([0-9a-f]{16})/).map { String($0.1) }
    try #require(found.count == 2, "\(asked.errors)")
    let saved = try document(found[0], found[1], folder: folder(table))
    let there = try Program.run("train", "--resume", saved.path)
    #expect(there.errors.contains("step 9: the same weights"), "\(there.errors)")
    let elsewhere = try Program.run("train", "--resume", saved.path, "--data", moved.path)
    #expect(elsewhere.errors.contains("step 9: the same weights"), "\(elsewhere.errors)")
    let changed = try Program.run("train", "--resume", saved.path, "--data", other.path)
    #expect(changed.status == 65)
    #expect(changed.errors.contains("and was \(found[0]) when it was saved"))
    #expect(changed.errors.contains(other.path) && changed.errors.contains("--data"))
    // Where the data are others, so are the weights: nobody changed the session.
    let anyway = try Program.run(
      "train", "--resume", saved.path, "--data", other.path, "--resume-anyway")
    #expect(anyway.status == 0 && anyway.errors.contains("the weights are not those"))
    #expect(anyway.errors.contains("its data are others"), "\(anyway.errors)")
    #expect(!anyway.errors.contains("the file was changed"), "\(anyway.errors)")
    let lost = try document(found[0], found[1], folder: "/nowhere")
    #expect(try Program.run("train", "--resume", lost.path).status == 66)
    let builtIn = try Program.run("train", "--resume", saved.path, "--data", "moons")
    #expect(builtIn.status == 64 && builtIn.errors.contains("is no file"))
  }

  @Test("A session that cannot be read is said with its place, and left as it is")
  func broken() throws {
    for (edit, status, words) in [
      ("\"step\": 195", 65, "position"), ("\"dropscopeSession\": 2", 65, "of version 2"),
    ] {
      let saved = try Saved { text in
        edit.hasPrefix("\"step\"")
          ? text.replacing("\"step\":195", with: "\"step\":99999")
          : text.replacing("\"dropscopeSession\": 1", with: edit)
      }
      let before = try saved.file.text()
      for command in [
        "train", "trace", "export --out -", "ensemble", "snapshot", "explore --plain",
      ] {
        let result = try Program.shell("\"$DROPSCOPE\" \(command) --resume \(saved.path)")
        #expect(result.status == Int32(status) && result.errors.contains(words), "\(result.errors)")
      }
      #expect(try saved.file.text() == before)
    }
    let none = try Program.run("train", "--resume", "/nowhere/s.json")
    #expect(none.status == 66 && none.errors.contains("/nowhere/s.json"))
    #expect(try Program.run("train", "--resume", "/").status == 74)
  }

  // MARK: Autosaves

  @Test("Autosaves are listed, shown, gone on with, removed and pruned")
  func sessions() throws {
    let saved = try Saved()
    let state = folder(saved.file)
    let environment = ["XDG_STATE_HOME": state]
    let autosaves = SessionFolder(path: state + "/dropscope/sessions")
    let none = try Program.run("sessions", environment: environment)
    #expect(none.status == 0 && none.output.isEmpty && none.errors.contains(autosaves.path))
    let last = try Program.run("explore", "--plain", "--last", environment: environment)
    #expect(last.status == 66)

    let log = SessionLog(in: autosaves, dataName: "circle")
    #expect(log.record(saved.session) == nil)
    let name = try #require(autosaves.entries.first?.name)
    let short = String(name.dropLast(SessionFolder.suffix.count))
    var list = try Program.run("sessions", environment: environment)
    #expect(list.output.contains(short) && list.output.contains("an explorer runs"))
    let held = try Program.run("sessions", "remove", short, environment: environment)
    #expect(held.status == 73 && held.errors.contains("an explorer that runs writes it"))
    log.close()
    list = try Program.run("sessions", environment: environment)
    #expect(list.output.contains("branch 2 of 2") && list.output.contains("saved"))

    let shown = try Program.run("sessions", "show", short, environment: environment)
    #expect(shown.output.contains("step 70: kill unit 2 of hidden layer 1"))
    #expect(shown.output.contains("branch 2: reached step 195, left branch 1 at step 150"))
    let json = try Program.run("sessions", "show", "--json", short, environment: environment)
    #expect(try Session(document: Array(json.output.utf8), name: "a") == saved.session)

    let resumed = try Program.run("trace", "--resume", short, environment: environment)
    #expect(resumed.errors.contains("session \(short): \(place)"))
    let lines = try Program.run(
      "explore", "--plain", "--last", "--steps", "195", environment: environment)
    #expect(lines.errors.contains(place), "\(lines.errors)")
    #expect(lines.output.contains("tep 195"), "\(lines.output)")

    let wrong = try Program.run("sessions", "remove", short + "x", environment: environment)
    #expect(wrong.status == 66 && wrong.errors.contains("did you mean '\(short)'"))
    #expect(try Program.run("sessions", "show", environment: environment).status == 64)
    #expect(try Program.run("sessions", "list", "x", environment: environment).status == 64)
    for number in 0..<52 {
      _ = FileManager.default.createFile(
        atPath: autosaves.path + "/\(number)@x+1" + SessionFolder.suffix,
        contents: Data(saved.session.document))
    }
    #expect(autosaves.entries.count == 53)
    // Those of another machine are young, and the one of this machine is the oldest.
    let pruned = try Program.run("sessions", "prune", environment: environment)
    #expect(pruned.output == "removed \(name)\n" && autosaves.entries.count == 52)
    let removed = try Program.run("sessions", "remove", "3@x+1", environment: environment)
    #expect(removed.status == 0 && autosaves.entry(named: "3@x+1") == nil)
  }
}
