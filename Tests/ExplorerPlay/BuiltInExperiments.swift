import DropoutEngine
package import Explorer

/// Experiments on data that are generated: there are no files here.
package enum BuiltInExperiments {
  /// The error of a reader that has no files.
  package struct NoSuchData: Error, CustomStringConvertible {
    let name: String

    /// The error for a name.
    package init(name: String) { self.name = name }

    package var description: String { "there are no data '\(name)'" }
  }

  /// Generates built-in data.
  package static let load: ExperimentLoader = {
    (configuration: ExperimentConfiguration) throws(ExperimentLoadError) in
    guard let builtIn = BuiltInDataset(rawValue: configuration.data) else {
      throw .unreadable(NoSuchData(name: configuration.data))
    }
    do throws(DatasetError) {
      return LoadedExperiment(
        configuration: configuration, dataset: try builtIn.generate(configuration), initial: nil)
    } catch {
      throw .unreadable(error)
    }
  }
}
