import DropoutEngine

/// The experiments and views that a lesson goes through, as it is read.
struct LessonCourse {
  /// The experiment that it begins with.
  let origin: ExperimentConfiguration
  /// The one that it has come to.
  private(set) var configuration: ExperimentConfiguration
  /// All of them whose data or weights are read anew.
  private(set) var experiments: [ExperimentConfiguration]
  /// The view that it has come to.
  var view: String

  init(_ origin: ExperimentConfiguration, view: String) {
    (self.origin, configuration, experiments, self.view) = (origin, origin, [origin], view)
  }

  /// Sets a parameter.
  ///
  /// - Throws: ``DropoutEngine/ConfigurationError`` where that makes no sense.
  mutating func set(_ setting: ParameterSetting) throws(ConfigurationError) {
    configuration = try configuration.with(setting)
    let last = experiments[experiments.count - 1]
    let isSame =
      configuration.data == last.data && configuration.testData == last.testData
      && configuration.labels == last.labels && configuration.weights == last.weights
    guard !isSame else { return }
    experiments.append(configuration)
  }
}

extension ExperimentConfiguration {
  /// The configuration with one parameter set, while it trains or anew.
  ///
  /// - Throws: ``DropoutEngine/ConfigurationError`` where that makes no sense.
  func with(_ setting: ParameterSetting) throws(ConfigurationError) -> ExperimentConfiguration {
    if let changed = try? changing(setting.name, to: setting.value) { return changed }
    var changed = Settings(experiment: self)
    try changed.set(setting.name, to: setting.value)
    try changed.validated()
    return changed.experiment
  }
}

extension LessonField {
  /// Follows settings on the course of the lesson.
  func follow(
    _ settings: [ParameterSetting], on course: inout LessonCourse
  ) throws(LessonError) {
    do throws(ConfigurationError) {
      for setting in settings { try course.set(setting) }
    } catch {
      throw self.error(.refused(error))
    }
  }

  /// The field with the layers of some experiments for its texts.
  func speaking(of experiments: [ExperimentConfiguration]) -> LessonField {
    LessonField(field, vocabulary.speaking(of: experiments))
  }
}

extension LessonMembers {
  /// The members with the layers of some experiments for their texts.
  func speaking(of experiments: [ExperimentConfiguration]) -> LessonMembers {
    LessonMembers(whole: whole, fields: fields.mapValues { $0.speaking(of: experiments) })
  }
}
