import DropoutEngine

/// The moments of a curve as a short text: a word for each, or for several that are alike.
///
/// A word is the steps since the moment before, then `/` and the minibatches where these are
/// others, `+` and the changes at that very step where there are some, `*` and how often it comes.
enum CurveText {
  /// The reason why a text is not the curve of a branch.
  struct Fault: Error {
    let reason: String
  }

  private struct Word: Equatable {
    var steps: Int
    var minibatches: Int
    var changes = 0

    var text: String {
      "\(steps)" + (minibatches == steps ? "" : "/\(minibatches)")
        + (changes == 0 ? "" : "+\(changes)")
    }
  }

  /// The text of the moments of a branch's curve behind the first ones.
  static func text(
    _ moments: [CurveMoment], of branch: Branch, behind first: Int = 0
  ) -> String {
    var runs: [(word: Word, count: Int)] = []
    var last = first == 0 ? 0 : moments[first - 1].step
    for moment in moments[first...] {
      let word = Word(
        steps: moment.step - last, minibatches: moment.minibatches,
        changes: moment.changes - branch.journal.count(through: moment.step - 1))
      last = moment.step
      if let run = runs.last, run.word == word {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((word, 1))
      }
    }
    return runs.map { $0.word.text + ($0.count == 1 ? "" : "*\($0.count)") }
      .joined(separator: " ")
  }

  /// The moments of a branch's curve: the known ones, then the ones in a text.
  static func moments(
    _ text: String, of branch: Branch, behind known: some Sequence<CurveMoment> = []
  ) throws(Fault) -> [CurveMoment] {
    var moments = Array(known)
    guard !text.isEmpty else { return moments }
    var minibatches = moments.reduce(0) { $0 + $1.minibatches }
    for part in text.split(separator: " ", omittingEmptySubsequences: false) {
      guard let (word, count) = word(part) else {
        throw Fault(
          reason: "has '\(ForeignText.shown(String(part.prefix(40))))', where a word as 12, 12/4, "
            + "12+1 or 12*30 is expected")
      }
      guard count <= CurveMoment.most - moments.count else {
        throw Fault(reason: "has more than \(CurveMoment.most) moments")
      }
      for _ in 0..<count {
        let last = moments.last
        let step = (last?.step ?? 0) + word.steps
        guard step <= branch.reached else {
          throw Fault(reason: "is behind step \(branch.reached), which the branch reached")
        }
        let changes = branch.journal.count(through: step - 1) + word.changes
        guard changes <= branch.journal.count(through: step) else {
          throw Fault(reason: "has \(word.changes) changes at step \(step), where there are fewer")
        }
        guard last.map({ ($0.step, $0.changes) < (step, changes) }) ?? true else {
          throw Fault(reason: "has step \(step) twice without a change between")
        }
        minibatches += word.minibatches
        guard word.minibatches <= step, minibatches <= 2 * branch.reached else {
          throw Fault(
            reason: "has \(word.minibatches) minibatches at step \(step), more than there are")
        }
        moments.append(
          CurveMoment(step: step, minibatches: word.minibatches, changes: changes))
      }
    }
    return moments
  }

  /// Reads a word and how often it comes; nil where it is none.
  private static func word(_ text: Substring) -> (Word, count: Int)? {
    var rest = text
    func number(after mark: Character? = nil) -> Int?? {
      if let mark {
        guard rest.first == mark else { return .some(nil) }
        rest = rest.dropFirst()
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(digits), ParameterTable.stepRange.contains(number) else { return nil }
      return number
    }
    guard let steps = number(), let steps, let minibatches = number(after: "/"),
      let changes = number(after: "+"), let count = number(after: "*"), rest.isEmpty, count != 0
    else { return nil }
    return (
      Word(steps: steps, minibatches: minibatches ?? steps, changes: changes ?? 0), count ?? 1
    )
  }
}
