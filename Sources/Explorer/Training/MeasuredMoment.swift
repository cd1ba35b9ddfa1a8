/// A moment of a training: which experiment, which weights, and which settings.
struct MeasuredMoment: Equatable {
  var experiment: ExperimentIdentity
  var step: Int
  var generation: Int
}
