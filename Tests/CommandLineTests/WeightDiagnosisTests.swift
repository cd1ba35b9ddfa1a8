import Foundation
import Testing

@Suite("diagnose with weights") struct WeightDiagnosisTests {
  private let data = "--data circle --data-noise 0.3 --examples 600"

  /// Weights that inverted dropout trained.
  private func trainedWeights() throws -> TemporaryFile {
    let file = try TemporaryFile()
    let trained = try Program.shell(
      "exec \"$DROPSCOPE\" train --export '\(file.path)' --steps 2500 --every 2500 --hidden 32,32 "
        + "--variant inverted --keep 0.5 --metrics losses \(data)")
    #expect(trained.status == 0, "\(trained.errors)")
    return file
  }

  @Test("It says which convention the weights want, as a table and as JSON") func conclusion()
    throws
  {
    let file = try trainedWeights()
    let table = try Program.shell(
      "exec \"$DROPSCOPE\" diagnose --weights '\(file.path)' \(data) --keep 0.5")
    #expect(table.status == 0, "\(table.errors)")
    let lines = table.output.split(separator: "\n")
    #expect(lines.count == 5 && lines[0].contains("masked loss") && lines[0].contains("95 %"))
    #expect(lines[4].hasPrefix("These weights want activations as they are"))
    let json = try Program.shell(
      "exec \"$DROPSCOPE\" diagnose --weights '\(file.path)' \(data) --drop 0.5 --format json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["conclusion"] as? String == "as they are")
    #expect((object["conventions"] as? [[String: Any]])?.count == 3)
    #expect(object["examples"] as? Int == 600)
  }

  @Test("Weights that were scaled twice have two causes, and both are named") func scaledTwice()
    throws
  {
    let file = try trainedWeights()
    // Somebody converts them as if training had not scaled: behind each mask times 0.5.
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
    let start = 8 + bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    for range in [384..<4480, 4608..<4864] {
      for place in stride(from: start + range.lowerBound, to: start + range.upperBound, by: 4) {
        let bits = bytes[place..<place + 4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        let half = (Float(bitPattern: bits) / 2).bitPattern
        for byte in 0..<4 { bytes[place + byte] = UInt8(half >> (8 * UInt32(byte)) & 255) }
      }
    }
    let halved = try TemporaryFile(bytes, name: "halved.safetensors")
    let told = try Program.shell(
      "exec \"$DROPSCOPE\" diagnose --weights '\(halved.path)' \(data) --keep 0.5")
    #expect(told.output.contains("These weights want activations divided by the keep probability"))
    #expect(told.output.contains("training divided by p twice, or p was multiplied into them"))
  }

  @Test("What it needs is asked for, and what does not go together is refused") func refusals()
    throws
  {
    let file = try TemporaryFile()
    let exported = try Program.run("export", "--out", file.path, "--steps", "5", "--hidden", "4")
    #expect(exported.status == 0)
    // Without its metadata the file does not say the keep probability.
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
    for index in bytes.indices.dropLast(7) where bytes[index...].starts(with: "program".utf8) {
      bytes.replaceSubrange(index..<index + 7, with: "nothing".utf8)
      break
    }
    let foreign = try TemporaryFile(bytes, name: "foreign.safetensors")
    for (options, words) in [
      ("--weights '\(foreign.path)' --data circle", "which probability"),
      ("--weights '\(file.path)'", "--data"), ("", "recording"),
      ("--keep 0.5 x.jsonl", "--keep is about weights"),
      ("--weights '\(file.path)' --data circle x.jsonl", "is a recording"),
    ] {
      let result = try Program.shell("exec \"$DROPSCOPE\" diagnose \(options)")
      #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
    }
    let told = try Program.run(
      "diagnose", "--weights", foreign.path, "--data", "circle", "--keep", "1")
    #expect(told.status == 0 && told.output.contains("nothing is dropped at keep 1"))
  }
}
