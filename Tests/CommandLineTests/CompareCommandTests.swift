import DropoutEngine
import Foundation
import Testing

@Suite("dropscope compare") struct CompareCommandTests {
  private let options =
    "--variants classic,inverted,unscaled --seeds 3 --steps 120 --data moons --sweep keep=0.5,0.8"

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test(
    "The output is the same for any number of jobs, in every format",
    arguments: ["json", "csv", "table", "svg"])
  func jobs(format: String) throws {
    let one = try Program.shell(
      "exec \"$DROPSCOPE\" compare \(options) --format \(format) --jobs 1")
    #expect(one.status == 0 && !one.output.isEmpty, "\(one.errors)")
    #expect(one.errors.contains("18 runs (3 variants x 3 seeds x 2 of keep)"))
    for jobs in [2, 4, 9] {
      let other = try Program.shell(
        "exec \"$DROPSCOPE\" compare \(options) --format \(format) --jobs \(jobs)")
      #expect(other.output == one.output, "\(jobs) jobs")
    }
  }

  @Test("Each value is that of a training of its own with this seed") func values() throws {
    let lines = try objects(
      try Program.shell("exec \"$DROPSCOPE\" compare \(options) --seed 20 --format json").output)
    #expect(lines.count == 6)
    for line in [lines[1], lines[5]] {
      let variant = try #require(line["variant"] as? String)
      let keep = try #require((line["sweep"] as? [String: String])?["keep"])
      for (index, seed) in [20, 21, 22].enumerated() {
        let trained = try #require(
          try objects(
            try Program.shell(
              "exec \"$DROPSCOPE\" train --variant \(variant) --keep \(keep) --steps 120 --every "
                + "120 --data moons --seed \(seed) --format json"
            ).output
          ).last)
        for name in ["testLoss", "trainLoss", "testAccuracy", "trainAccuracy"] {
          let values = try #require((line[name] as? [String: Any])?["values"] as? [Double])
          #expect(values[index] == trained[name] as? Double, "\(variant) \(name) \(seed)")
        }
        let ratios = try #require((line["outputRatio"] as? [String: Any])?["values"] as? [Double])
        #expect(ratios[index] == (trained["ratio"] as? [Double])?.last)
      }
    }
  }

  @Test("Shards that are merged are one run, bit for bit, in every format") func shards() throws {
    let folder = try TemporaryFile()
    let work = "cd '\(URL(fileURLWithPath: folder.path).deletingLastPathComponent().path)' && "
    for index in 1...4 {
      let part = try Program.shell(
        work + "\"$DROPSCOPE\" compare \(options) --shard \(index)/4 > part-\(index).jsonl")
      #expect(part.status == 0, "\(part.errors)")
    }
    for format in ["json", "table", "svg"] {
      let whole = try Program.shell("exec \"$DROPSCOPE\" compare \(options) --format \(format)")
      let merged = try Program.shell(
        work + "exec \"$DROPSCOPE\" compare --merge part-*.jsonl --format \(format)")
      #expect(merged.status == 0 && merged.output == whole.output, "\(format): \(merged.errors)")
    }
    let gap = try Program.shell(
      work + "sed 3d part-2.jsonl > less.jsonl; "
        + "exec \"$DROPSCOPE\" compare --merge part-1.jsonl less.jsonl part-3.jsonl part-4.jsonl")
    #expect(gap.status == 65 && gap.output.isEmpty)
    for word in ["1 of 18 runs", "variant", "seed", "less.jsonl"] {
      #expect(gap.errors.contains(word), "\(gap.errors)")
    }
    let overlap = try Program.shell(
      work + "exec \"$DROPSCOPE\" compare --merge part-1.jsonl part-2.jsonl part-1.jsonl")
    #expect(overlap.status == 65)
    #expect(
      overlap.errors.contains(
        "part-1.jsonl: line 2 has the run of part-1.jsonl, line 2, again: variant classic, seed 7"))
    let other = try Program.shell(
      work + "\"$DROPSCOPE\" compare \(options) --learning-rate 0.2 --shard 1/4 > other.jsonl "
        + "2>/dev/null; exec \"$DROPSCOPE\" compare --merge part-2.jsonl other.jsonl")
    #expect(other.status == 65)
    #expect(other.errors.contains("other.jsonl: line 1") && other.errors.contains("part-2.jsonl"))
    #expect(other.errors.contains("learning-rate is 0.2, not 0.1"))
    let torn = try Program.shell(
      work + "head -c -5 part-3.jsonl > torn.jsonl; exec \"$DROPSCOPE\" compare --merge torn.jsonl")
    #expect(torn.status == 65 && torn.errors.contains("torn.jsonl: line"))
  }

  @Test("Shards are driven by GNU parallel, or by xargs where that is not installed")
  func drivenInParallel() throws {
    let folder = try TemporaryFile()
    let work = "cd '\(URL(fileURLWithPath: folder.path).deletingLastPathComponent().path)' && "
    let command = "\"$DROPSCOPE\" compare \(options) --shard {}/5 --resume part-{}.jsonl"
    let hasParallel =
      try Program.shell("parallel --version 2>/dev/null | grep -q '^GNU parallel'").status == 0
    let driver =
      hasParallel
      ? "seq 5 | parallel -j 3 '\(command)'" : "seq 5 | xargs -P 3 -I{} sh -c '\(command)'"
    print("Shards were driven by \(hasParallel ? "GNU parallel" : "xargs -P")")
    let driven = try Program.shell(work + driver)
    #expect(driven.status == 0, "\(driven.errors)")
    #expect(driven.output.isEmpty)
    let merged = try Program.shell(
      work + "exec \"$DROPSCOPE\" compare --merge part-*.jsonl --format json")
    let whole = try Program.shell("exec \"$DROPSCOPE\" compare \(options) --format json")
    #expect(merged.output == whole.output && merged.status == 0, "\(merged.errors)")
  }

  @Test("A training that diverges is reported, and the others go on") func diverged() throws {
    let command =
      "exec \"$DROPSCOPE\" compare --variants classic,inverted --seeds 4 --steps 300 "
      + "--learning-rate 30"
    let line = try #require(try objects(try Program.shell("\(command) --format json").output).last)
    let values = try #require((line["testLoss"] as? [String: Any])?["values"] as? [Any])
    let lost = try #require(line["diverged"] as? [[String: Any]])
    #expect(values.count == 4 && lost.count > 0 && lost.count < 4)
    #expect(values.filter { $0 as? String == "NaN" }.count == lost.count)
    let table = try Program.shell(command)
    #expect(table.status == 0)
    #expect(table.output.contains("inverted: \(lost.count) of 4 seeds diverged at step"))
    #expect(
      try Program.shell("\(command) --format svg").output.contains(">\(lost.count) not finite<"))
  }

  @Test("A file of data is split anew for each seed, and numbers are scored by R2") func files()
    throws
  {
    let rows = (0..<40).map { "\($0),\(Double($0 * $0 % 17) / 3)" }
    let data = try TemporaryFile(
      Array(("x,y\n" + rows.joined(separator: "\n") + "\n").utf8), name: "points.csv")
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" compare --variants none,classic --seeds 3 --steps 50 --data "
        + "'\(data.path)' --task regress --learning-rate 0.01 --format json")
    #expect(result.status == 0, "\(result.errors)")
    let line = try #require(try objects(result.output).first)
    let values = try #require((line["testR2"] as? [String: Any])?["values"] as? [Double])
    #expect(Set(values).count == 3 && line["testAccuracy"] == nil)
  }

  @Test("One seed has no interval, and the output says so") func oneSeed() throws {
    let result = try Program.run(
      "compare", "--variants", "classic,inverted", "--seeds", "1", "--steps", "20")
    #expect(result.output.contains("no interval") && result.output.contains("nothing"))
    #expect(!result.output.lowercased().contains("prove"))
  }

  @Test(
    "Wrong usage ends with 64 and says what would be right",
    arguments: [
      ("--variants clasic", "did you mean 'classic'?"), ("--variants classic,classic", "twice"),
      ("--variants classic,", "empty"), ("", "--variants is missing"),
      ("--variants classic --sweep keep=", "value is missing"),
      ("--variants classic --sweep keep", "NAME=VALUE"),
      ("--variants classic --sweep keep=0.5,0.50", "twice"),
      ("--variants classic --sweep theme=dark", "only shows"),
      ("--variants classic --sweep kep=0.5", "'keep'"),
      ("--variants classic --sweep keep=0.5 --keep 0.8", "name it once"),
      ("--variants classic --seeds 1000000000", "1000000000 runs"),
      ("--variants classic --seeds 0", "at least 1"), ("--variants classic --jobs 0", "1 to 4096"),
      ("--variants classic --shard 17/16", "I from 1 to N"),
      ("--variants classic --shard 0/16", "I from 1 to N"),
      ("--variants classic --shard a/b", "I from 1 to N"),
      ("--variants classic --shard 1/2 --format csv", "--merge"),
      ("--variants classic --format xml", "svg"), ("--merge x --seeds 3", "--format"),
      ("--variants classic --variant inverted", "--variant"),
      ("--variants classic,gaussian --scaling off", "gaussian"),
      ("--variants classic --data plane --loss cross-entropy", "mean-squared-error"),
    ])
  func wrongUsage(options: String, remedy: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" compare \(options)")
    #expect(result.status == 64, "\(options): \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(remedy), "\(options): \(result.errors)")
  }
}
