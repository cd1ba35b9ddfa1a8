import Foundation
import Testing

@Suite("What a process is given: descriptors, limits, places for files") struct DescriptorTests {
  private static let commands = [
    "train --steps 5", "trace", "snapshot --steps 5", "ensemble --steps 5", "manual",
    "export --steps 5 --out -", "compare --variants none --seeds 1 --steps 5", "--help",
    "--version", "-V", "train --help", "--generate-completion-script bash",
    "verify --law mask-share", "compare --variants none --seeds 1 --steps 5 --shard 1/1",
    "explore --plain --steps 5",
  ]

  @Test("A standard output that is closed or full ends every command with 74", arguments: commands)
  func output(command: String) throws {
    for target in [">&-", ">/dev/full"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(command) \(target)")
      #expect(result.status == 74, "\(target): \(result.errors)")
      #expect(result.errors.contains("cannot write to the standard output"))
    }
  }

  @Test("A closed standard input or standard error changes nothing else", arguments: commands)
  func others(command: String) throws {
    let whole = try Program.shell("exec \"$DROPSCOPE\" \(command)")
    for closed in ["<&-", "2>&-", "<&- 2>&-"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(command) \(closed)")
      #expect(result.status == 0 && result.output == whole.output, "\(closed): \(result.errors)")
    }
  }

  @Test("A file that is written never gets the number of a descriptor that was closed")
  func spoiled() throws {
    let file = try TemporaryFile(name: "runs.jsonl")
    let command =
      "exec \"$DROPSCOPE\" compare --variants none,classic --seeds 2 --steps 5 --resume "
      + "'\(file.path)'"
    #expect(try Program.shell(command + " <&- >&- 2>&-").status == 74)
    let lines = try file.text().split(separator: "\n")
    #expect(lines.count == 5 && lines.allSatisfy { $0.hasPrefix("{") })
    #expect(try Program.shell(command).status == 0)
    let weights = try TemporaryFile(name: "weights")
    let train = "exec \"$DROPSCOPE\" train --steps 5 --export '\(weights.path)' 2>&-"
    #expect(try Program.shell(train).status == 0)
    #expect(try Program.run("train", "--weights", weights.path, "--steps", "1").status == 0)
  }

  @Test("A limit of the size of files is a sentence and 74") func fileSize() throws {
    let folder = try TemporaryFile(name: "runs.jsonl")
    let path = folder.path
    for command in [
      "train --steps 5 --export '\(path).st'", "export --steps 5 --out '\(path).st'",
      "compare --variants none --seeds 1 --steps 5 --resume '\(path)'",
    ] {
      let result = try Program.shell(
        "(ulimit -f 0; \"$DROPSCOPE\" \(command); echo \"status $?\") 2>&1 | cat")
      #expect(
        result.output.contains("File too large") && result.output.contains("status 74"),
        "\(command): \(result.output)")
    }
    #expect(try Program.shell("ulimit -f 0; exec \"$DROPSCOPE\" manual").status == 74)
    #expect(!FileManager.default.fileExists(atPath: path + ".st"))
  }

  @Test("Too few open files are a sentence, never a crash", arguments: 4...8)
  func openFiles(limit: Int) throws {
    for command in ["compare --variants none --seeds 1 --steps 5", "train --steps 5"] {
      let result = try Program.shell("ulimit -n \(limit); exec \"$DROPSCOPE\" \(command)")
      #expect(
        result.status == 0 || (result.status == 71 && result.errors.contains("ulimit -n")),
        "\(command): \(result.status) \(result.errors)")
    }
  }

  @Test(
    "A place where no file can be written is 73 before the first step",
    arguments: [
      "train --steps 4000000000 --export", "export --steps 4000000000 --out",
      "compare --variants none --seeds 1 --steps 4000000000 --resume",
    ])
  func places(command: String) throws {
    let long = String(repeating: "x", count: 300)
    for path in ["", long, "/no/such/folder/x", "/", "/dev/null/x"] {
      let result = try Program.shell("exec \"$DROPSCOPE\" \(command) '\(path)'")
      #expect(result.status == 73 && result.output.isEmpty, "\(path): \(result.errors)")
      #expect(!result.errors.contains("CocoaError"))
    }
  }

  @Test("A file is written through a symbolic link, which stays") func links() throws {
    let file = try TemporaryFile(Array("old".utf8), name: "target")
    let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
    let result = try Program.shell(
      """
      cd '\(folder)' && ln -s target link && ln -s link second && ln -s new dangling &&
      ln -s loop loop && "$DROPSCOPE" export --steps 5 --out second &&
      "$DROPSCOPE" train --steps 5 --export dangling >/dev/null &&
      test -L second && test -L link && test -L dangling && test -f new && test ! -L target &&
      cmp -s target link && "$DROPSCOPE" train --steps 1 --weights new && ls -A &&
      ! "$DROPSCOPE" export --steps 4000000000 --out loop
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.output.contains(".dropscope"), "\(result.output)")
  }

  @Test("Devices and pipes that never end are refused soon, whoever reads them") func endless()
    throws
  {
    for input in ["--data", "--weights"] {
      for device in ["/dev/zero", "/dev/urandom"] {
        let result = try Program.run("train", "--steps", "1", input, device)
        #expect([65, 66].contains(result.status), "\(input) \(device): \(result.errors)")
      }
    }
    for device in ["/dev/zero", "/dev/urandom"] {
      #expect(try Program.run("compare", "--merge", device).status == 65)
    }
    for writer in ["yes", "yes 1,2,3 | tr '\\n' ,", "(printf '\\037\\213'; cat /dev/urandom)"] {
      let result = try Program.shell(
        "\(writer) | \"$DROPSCOPE\" train --steps 1 --data /dev/stdin")
      #expect(result.status == 65, "\(writer): \(result.errors)")
    }
  }
}
