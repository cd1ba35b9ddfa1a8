/// The verdict of a classifier's outputs: the class with the greatest one, and how clear it is.
struct Verdict: Equatable {
  /// The class with the greatest output; the first one where several are equal or none is a number.
  var best = 0
  /// How far the greatest output lies above the next one, 0...1; 0 where there is no other.
  var margin = 0.0

  /// Reads the outputs of one example.
  init(_ outputs: some Collection<Float>) {
    var first = -Float.infinity
    var second = -Float.infinity
    for (index, value) in outputs.enumerated() {
      if value > first {
        second = first
        first = value
        best = index
      } else if value > second {
        second = value
      }
    }
    let difference = Double(first) - Double(second)
    margin = difference > 0 ? min(difference, 1) : 0
  }
}
