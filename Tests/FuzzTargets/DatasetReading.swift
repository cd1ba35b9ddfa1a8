import DatasetFiles
import DropoutEngine
import Fuzzing

/// Reads a dataset as the command line does, with the settings of an input.
enum DatasetReading {
  /// Reads the data at a path.
  static func outcome(
    _ settings: [(name: String, value: String)], data path: String
  ) throws -> FuzzOutcome {
    let use = settings.last { $0.name == DatasetUse.setting }?.value
    let assignments =
      settings.filter { $0.name != DatasetUse.setting } + [(name: "data", value: path)]
    do {
      let configuration = try Settings(assignments: assignments).experiment
      let dataset = try DatasetFiles.load(configuration)
      try (use.flatMap(DatasetUse.init) ?? .look).apply(to: dataset, configuration)
      return .accepted
    } catch let error as ConfigurationError {
      return .refused(error.description)
    } catch let error as DatasetFileError {
      return .refused(error.description)
    }
  }
}
