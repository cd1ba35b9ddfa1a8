import DatasetFiles
import DropoutEngine
import Fuzzing

/// Reads a dataset as the command line does, with the settings of an input.
enum DatasetReading {
  /// Writes the parts of an input into files, and reads them.
  ///
  /// - Parameters:
  ///   - bytes: the input: settings, and the contents of the files.
  ///   - room: the folder of the files.
  ///   - files: the option that each file is given to, and its name; further parts are left out.
  /// - Returns: whether the files are taken, or the sentence that refuses them.
  /// - Throws: a fault, and the error of a file that cannot be written.
  static func outcome(
    of bytes: [UInt8], in room: FuzzRoom, as files: [(option: String, name: String)]
  ) throws -> FuzzOutcome {
    let input = PartedInput(bytes)
    let use = input.settings.last { $0.name == DatasetUse.setting }?.value
    var assignments = input.settings.filter { $0.name != DatasetUse.setting }
    for (part, file) in zip(input.parts, files) {
      try room.write(part, to: file.name)
      assignments.append((file.option, room.file(file.name)))
    }
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
