import DatasetFiles
import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Foundation
import Testing

@Suite("Files of weights") struct WeightFileTests {
  @Test("Exported weights of classic dropout predict as its test pass does, with plain inference")
  func folding() throws {
    let file = try TemporaryFile()
    let experiment = "--variant classic --keep 0.8 --keep-input 0.9 --seed 3"
    let exported = try Program.shell(
      "exec \"$DROPSCOPE\" export --out '\(file.path)' --steps 200 \(experiment)")
    #expect(exported.status == 0, "\(exported.errors)")
    let configuration = try Settings(assignments: [
      ("variant", "classic"), ("keep", "0.8"), ("keep-input", "0.9"), ("seed", "3"),
    ]).experiment
    let dataset = try BuiltInDataset.circle.generate(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    try trainer.advance(steps: 200)
    let measurer = Measurer(dataset: dataset)
    let weights = try NetworkParameters(
      Safetensors(bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))))
    let plainState = NetworkState(
      configuration: try Settings(assignments: [("variant", "none")]).experiment,
      parameters: weights)
    let difference = abs(
      measurer.evaluate(trainer.state, on: .test).loss
        - measurer.evaluate(plainState, on: .test).loss)
    #expect(difference < 1e-6)
  }

  @Test("Exported weights of a regression predict in the target's own units, and come back")
  func ownUnits() throws {
    let rows = (0..<200).map { row in
      let (x, y) = (Double(row % 17) / 4, Double(row % 23) / 5)
      return "\(x),\(y),\(200_000 + 30_000 * x - 9_000 * y)\n"
    }
    let table = try TemporaryFile(Array(("rooms,age,price\n" + rows.joined()).utf8), name: "a.csv")
    let file = try TemporaryFile()
    let exported = try Program.shell(
      "exec \"$DROPSCOPE\" export --out '\(file.path)' --steps 400 --variant inverted "
        + "--keep 0.9 --data '\(table.path)'")
    #expect(exported.status == 0, "\(exported.errors)")
    var configuration = try Settings(assignments: [
      ("data", table.path), ("variant", "inverted"), ("keep", "0.9"),
    ]).experiment
    let scaled = try DatasetFiles.load(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: scaled)
    try trainer.advance(steps: 400)
    let own = Measurer(dataset: scaled).evaluate(trainer.state, on: .test)
    let score = try #require(own.r2)
    #expect(score > 0.8)
    let weights = try NetworkParameters(
      Safetensors(bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))))
    configuration.targetNormalization = .none
    let plain = try DatasetFiles.load(configuration)
    let divisor = scaled.targetScalings[0].divisor
    let predicted = Measurer(dataset: plain).evaluate(
      NetworkState(configuration: configuration, parameters: weights), on: .test)
    #expect(abs(predicted.loss / (divisor * divisor) - own.loss) < 1e-4 * own.loss)
    #expect(abs((predicted.r2 ?? 0) - score) < 1e-4)
    let back = Measurer(dataset: scaled).evaluate(
      NetworkState(configuration: configuration, parameters: weights.scaled(for: scaled)),
      on: .test)
    #expect(abs(back.loss - own.loss) < 1e-4 * own.loss)
  }

  @Test("A training that explodes exports the weights from before") func calm() throws {
    let (first, last) = (try TemporaryFile(), try TemporaryFile())
    let start = try Program.run(
      "train", "--steps", "0", "--metrics", "losses", "--export", first.path)
    #expect(start.status == 0)
    let exploded = try Program.run(
      "train", "--steps", "50", "--metrics", "losses", "--learning-rate", "1e30", "--export",
      last.path)
    #expect(exploded.status == 70)
    #expect(exploded.errors.contains("has the weights of step 0."), "\(exploded.errors)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: first.path))
        == Data(contentsOf: URL(fileURLWithPath: last.path)))
  }

  @Test("Weights that do not fit are bad data, and both shapes are shown") func wrongShape() throws
  {
    let file = try TemporaryFile()
    #expect(
      try Program.run("export", "--out", file.path, "--hidden", "5", "--steps", "1").status == 0)
    let result = try Program.run("train", "--weights", file.path)
    #expect(result.status == 65)
    #expect(result.errors.contains("5x2, 2x5") && result.errors.contains("12x2"))
  }

  @Test("A missing, a broken and a directory of weights are told apart") func badFiles() throws {
    #expect(try Program.run("train", "--weights", "/no/such/file").status == 66)
    #expect(try Program.run("train", "--weights", "/").status == 66)
    let file = try TemporaryFile([1, 2, 3])
    let result = try Program.run("train", "--weights", file.path)
    #expect(result.status == 65 && result.errors.contains("8 bytes"))
  }

  @Test("A file that cannot be written is an error before the training") func cannotWrite() throws {
    let result = try Program.run("train", "--export", "/no/such/folder/file", "--steps", "5")
    #expect(result.status == 73)
    #expect(result.output.isEmpty)
  }
}
