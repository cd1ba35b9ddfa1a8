import DropoutEngine
import Foundation
import RecordingSamples
import Testing

@Suite("view and diagnose of a recording") struct RecordingCommandTests {
  /// Runs a shell line in which $FILE is a recording with a text.
  private func run(_ line: String, on text: String) throws -> Program.Result {
    let file = try TemporaryFile(Array(text.utf8), name: "a.dropscope.jsonl")
    return try withExtendedLifetime(file) {
      try Program.shell(line, environment: ["FILE": file.path])
    }
  }

  @Test("diagnose ends with 1 where something is wrong, with 0 where all is right")
  func diagnose() throws {
    var sample = RecordingSample()
    let wrong = try run(#"exec "$DROPSCOPE" diagnose "$FILE""#, on: sample.text(looks: 3))
    #expect(wrong.status == 1)
    #expect(
      wrong.output == """
        gap                    verdict   keep   factor  source       cure
        1 between fc1 and fc2  unscaled  0.700  1.000   train.py:21  Divide by 0.70 in training, \
        or use nn.Dropout(0.3).
        2 between fc2 and fc3  right     0.700  1.429   -            -
        Nothing is dropped in 2 other gaps.

        """)
    #expect(wrong.errors == "dropscope: the dropout is wrong in 1 place\n")
    sample.isRight = true
    let right = try run(#"exec "$DROPSCOPE" diagnose "$FILE""#, on: sample.text(looks: 3))
    #expect(right.status == 0)
    #expect(right.errors.isEmpty)
    #expect(right.output.contains("1 between fc1 and fc2  right"))
  }

  @Test("What a verdict does not say stands below the table") func remarks() throws {
    var sample = RecordingSample()
    sample.isRight = true
    let remark =
      "{\"severity\": \"remark\", \"verdict\": \"right\", \"gap\": null, \"where\": \"lstm\", "
      + "\"source\": null, \"sentence\": \"it is trusted by its argument.\", \"cure\": \"\"}"
    let text = sample.text(looks: 2)
      .replacingOccurrences(of: "\"findings\": []", with: "\"findings\": [\(remark)]")
    let result = try run(#"exec "$DROPSCOPE" diagnose "$FILE""#, on: text)
    #expect(result.status == 0)
    #expect(result.output.contains("\nremark: lstm: it is trusted by its argument.\n"))
  }

  @Test("Verdicts have the words of the Python package, which writes them")
  func words() throws {
    let text = RecordingSample().text(looks: 1)
      .replacingOccurrences(of: "\"unscaled\"", with: "\"on-at-test\"")
      .replacingOccurrences(of: "\"right\"", with: "\"everything-dropped\"")
    let result = try run(#"exec "$DROPSCOPE" diagnose "$FILE""#, on: text)
    #expect(result.status == 1)
    #expect(result.output.contains("1 between fc1 and fc2  on at test "))
    #expect(result.output.contains("2 between fc2 and fc3  everything dropped "))
  }

  @Test("diagnose writes one object of JSON") func json() throws {
    let result = try run(
      #"exec "$DROPSCOPE" diagnose --format json "$FILE""#, on: RecordingSample().text(looks: 3))
    #expect(result.status == 1)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["ok"] as? Bool == false)
    #expect(object["judged at look"] as? Int == 3)
    let gaps = try #require(object["gaps"] as? [[String: Any]])
    #expect(gaps.map { $0["verdict"] as? String } == ["none", "unscaled", "right", "none"])
    #expect(gaps[1]["cure"] as? String == "Divide by 0.70 in training, or use nn.Dropout(0.3).")
    #expect(gaps[2]["keep"] as? Double == 0.7)
    #expect(gaps[0]["source"] is NSNull)
  }

  @Test("A broken recording gives 65, a missing one 66, none at all what makes one")
  func failures() throws {
    let sample = RecordingSample()
    let text = sample.text(looks: 3)
    let broken = text.replacingOccurrences(of: "\"look\": 2", with: "\"look\": x")
    for command in ["diagnose", "view", "view --plain"] {
      for (text, status, words) in [
        (broken, 65, "line 3: look is 'x, \"step\": 80"),
        (
          text.replacingOccurrences(of: "\"recording\": 1", with: "\"recording\": 7"), 65,
          "format 7"
        ),
        ("a,b\n1,2\n", 65, "is no header of a recording"),
      ] {
        let result = try run("exec \"$DROPSCOPE\" \(command) \"$FILE\"", on: text)
        #expect(result.status == status, "\(command) \(words)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty)
      }
      #expect(try Program.shell("exec \"$DROPSCOPE\" \(command) /dev/zero").status == 65)
      #expect(try Program.shell("exec \"$DROPSCOPE\" \(command) /").status == 65)
      #expect(try Program.shell("exec \"$DROPSCOPE\" \(command) /no/such").status == 66)
    }
    #expect(try run(#""$DROPSCOPE" diagnose "$FILE""#, on: sample.header + "\n").status == 65)
    #expect(try run(#""$DROPSCOPE" diagnose "$FILE""#, on: "").status == 65)
    #expect(try Program.run("diagnose").status == 64)
    let none = try Program.run("view", environment: ["XDG_STATE_HOME": "/no/such/folder"])
    #expect(none.status == 66)
    #expect(none.errors.contains("dropscope.watch(model, batch)"))
  }

  @Test("view --plain waits for a file while a training holds it, and no longer")
  func withoutHeader() throws {
    let torn = String(RecordingSample().header.prefix(57))
    let age = #"touch -t 202001010000 "$FILE"; "#
    for (text, words) in [("", "is empty"), (torn, "has 57 bytes, and no whole line")] {
      let left = try run(age + #"exec "$DROPSCOPE" view --plain "$FILE""#, on: text)
      #expect(left.status == 65)
      #expect(left.output.isEmpty)
      #expect(left.errors.contains(words), "\(left.errors)")
      #expect(left.errors.contains("No training writes it, as far as can be told"))
    }
    // The lock of a training that has taken an hour to its first look.
    let whole = RecordingSample().text(looks: 2)
    let file = try TemporaryFile(Array(torn.utf8), name: "a.dropscope.jsonl")
    let rest = try TemporaryFile(Array(whole.dropFirst(torn.count).utf8))
    let descriptor = open(file.path, O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let held = try withExtendedLifetime((file, rest)) {
      try Program.shell(
        age + """
          "$DROPSCOPE" view --plain "$FILE" 2>"$FILE.errors" &
          until grep -q "57 bytes, no whole line" "$FILE.errors"; do sleep 0.05; done
          cat "$REST" >> "$FILE"
          wait $!
          """, environment: ["FILE": file.path, "REST": rest.path])
    }
    #expect(held.status == 0)
    #expect(held.output.contains("Look 2, step 80"))
  }

  @Test("view --picture draws the newest look, and says where there is none") func picture() throws
  {
    let line = #"exec "$DROPSCOPE" view "$FILE" --picture 90x28"#
    let sample = RecordingSample()
    let drawn = try run(line, on: sample.text(looks: 3))
    #expect(drawn.status == 0 && drawn.errors.isEmpty)
    #expect(drawn.output.hasPrefix("<svg") && drawn.output.contains("dropscope, "))
    #expect(try drawn.output == run(line, on: sample.text(looks: 3)).output)
    #expect(try drawn.output != run(line, on: sample.text(looks: 2)).output)
    let header = sample.text(looks: 0)
    let none = try run(line, on: header)
    #expect(none.status == 65 && none.output.isEmpty)
    #expect(none.errors.hasPrefix("dropscope: "))
  }

  @Test("A torn last line is left out, and said") func torn() throws {
    let text = RecordingSample().text(looks: 3, isClosed: false) + "{\"look\": 4, \"st"
    let diagnosed = try run(#"exec "$DROPSCOPE" diagnose "$FILE""#, on: text)
    #expect(diagnosed.status == 1)
    #expect(diagnosed.errors.contains("the last line is torn and left out"))
    let viewed = try run(#"cat "$FILE" | "$DROPSCOPE" view -"#, on: text)
    #expect(viewed.status == 0)
    #expect(viewed.output.contains("Look 3, step 120"))
    #expect(viewed.output.contains("The pipe ended before the training closed the recording."))
    #expect(viewed.output.contains("The last line is torn: 15 bytes"))
  }

  @Test("Without a name the newest recording is shown, in lines where there is no terminal")
  func newest() throws {
    let folder = try TemporaryFile()
    let state = folder.path + ".state"
    let runs = state + "/dropscope/runs"
    try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
    for (name, age) in [("old", 100.0), ("new", 10.0), ("older", 1000.0)] {
      var sample = RecordingSample()
      sample.model = "Model_\(name)"
      let path = "\(runs)/\(name).dropscope.jsonl"
      try Data(sample.text(looks: 2).utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
    }
    try Data("later".utf8).write(to: URL(fileURLWithPath: runs + "/notes.txt"))
    let result = try Program.run("view", environment: ["XDG_STATE_HOME": state])
    #expect(result.status == 0)
    #expect(
      result.output == """
        Model_new, 3 layers, recorded by dropscope 0.1.0 with torch 2.13.0+cpu from \
        2026-01-02T03:04:05Z on.
        Look 2, step 80, loss: minibatch 0.5833, training mode 0.5500, eval mode 0.5167; largest \
        divergence 0.450, in fc2.
        BUG between fc1 and fc2 (train.py:21): keep 0.70, nothing is scaled: sums at test are 1.43 \
        times those in training. Divide by 0.70 in training, or use nn.Dropout(0.3).
        BUG gap 1, between fc1 and fc2: unscaled, keep 0.70, factor 1.00 (train.py:21)
          keep 0.70, nothing is scaled: sums at test are 1.43 times those in training.
          Divide by 0.70 in training, or use nn.Dropout(0.3).
        gap 2, between fc2 and fc3: right, keep 0.70, factor 1.43
        2 gaps drop nothing
        judged by look 2
        The training ended at step 80.

        """)
  }

  @Test("Names that act on a terminal are written out") func hostile() throws {
    var sample = RecordingSample()
    sample.prefix = #"\u001b]0;x\u0007\u001b[31m\u202e"#
    sample.model = #"M\u001b[2J\n\u2028"#
    let path = try TemporaryFile(Array(sample.text(looks: 2).utf8), name: "\u{1B}[31m.jsonl")
    for command in ["diagnose", "diagnose --format json", "view", "view --plain"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(command) '\(path.path)'")
      let text = result.output + result.errors
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ForeignText.isPlain($0) }, "\(text)")
      #expect(!result.output.isEmpty)
    }
  }
}
