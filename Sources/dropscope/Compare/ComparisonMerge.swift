import CLibrary
import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Sessions

/// Joins the parts of a comparison.
///
/// They must belong to one experiment, with each run exactly once.
enum ComparisonMerge {
  /// A file with its runs.
  private struct Part {
    let path: String
    let plan: ComparisonPlan
    let entries: [RunFile.Entry]
  }

  /// The runs of all files by number, and their plan.
  static func runs(
    of paths: [String]
  ) throws(CommandFailure) -> (plan: ComparisonPlan, results: [Int: FinishedRun]) {
    var parts: [Part] = []
    for path in paths {
      let part = try read(path)
      if let first = parts.first, let difference = first.plan.difference(from: part.plan) {
        throw .badData(
          "\(shown(path)): line 1 is of another experiment than \(shown(first.path)): \(difference)"
        )
      }
      parts.append(part)
    }
    guard let plan = parts.first?.plan else { throw .usage("--merge names no file") }
    var results: [Int: FinishedRun] = [:]
    var places: [Int: (path: String, line: Int)] = [:]
    var dataOfPoint: [Int: (data: String, path: String, line: Int)] = [:]
    for part in parts {
      for entry in part.entries {
        let run = plan.run(entry.number)
        if let place = places[entry.number] {
          throw .badData(
            "\(shown(part.path)): line \(entry.line) has the run of \(shown(place.path)), "
              + "line \(place.line), again: \(name(run, plan))")
        }
        if let first = dataOfPoint[run.point], first.data != entry.run.data {
          throw .badData(
            "\(shown(part.path)): line \(entry.line) was made of other contents of the data or "
              + "weight files than \(shown(first.path)), line \(first.line): \(name(run, plan))")
        }
        dataOfPoint[run.point] = dataOfPoint[run.point] ?? (entry.run.data, part.path, entry.line)
        places[entry.number] = (part.path, entry.line)
        results[entry.number] = entry.run
      }
    }
    try checkGaps(plan, parts: parts, results: results)
    return (plan, results)
  }

  private static func read(_ path: String) throws(CommandFailure) -> Part {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, SystemFailure(code: errno)) }
    defer { close(descriptor) }
    let file: RunFile
    do {
      var inspection = RunFileInspection(program: Dropscope.version)
      file = try RunFile(
        bytes: FileDescriptor(number: descriptor).readToEnd { try inspection.accept($0) },
        expected: nil, program: Dropscope.version)
    } catch let failure as SystemFailure {
      throw unreadable(path, failure)
    } catch let error as RunFileError {
      throw .badData("\(shown(path)): \(error.description)")
    } catch {
      throw .inputOutput("\(shown(path)): cannot be read: \(error)")
    }
    if let line = file.tornLine {
      throw .badData(
        "\(shown(path)): line \(line) was torn while it was written; finish this part with "
          + "--resume \(shown(path)), then merge")
    }
    guard let plan = file.plan else { throw .badData("\(shown(path)): \(RunFileError.notRuns)") }
    return Part(path: path, plan: plan, entries: file.entries)
  }

  private static func unreadable(_ path: String, _ failure: SystemFailure) -> CommandFailure {
    .noInput(
      "\(shown(path)): cannot be read: \(failure); --merge takes files that --shard or --resume "
        + "have written")
  }

  private static func checkGaps(
    _ plan: ComparisonPlan, parts: [Part], results: [Int: FinishedRun]
  ) throws(CommandFailure) {
    let missing = (0..<plan.runCount).filter { results[$0] == nil }
    guard let first = missing.first else { return }
    let shown = missing.prefix(3).map { name(plan.run($0), plan) }.joined(separator: "; ")
    // Parts take runs in turn, so the missing run belongs to the file whose runs have the same
    // remainder.
    let home = parts.first { part in
      part.entries.contains { ($0.number - first) % parts.count == 0 }
    }
    let place =
      home.map { ", which belongs to \(ForeignText.path($0.path)) by its neighbours" } ?? ""
    throw .badData(
      "\(missing.count) of \(plan.runCount) runs \(missing.count == 1 ? "is" : "are") in no file: "
        + shown + (missing.count > 3 ? "; …" : "") + (missing.count == 1 ? place : ""))
  }

  private static func shown(_ path: String) -> String { ForeignText.path(path) }

  private static func name(_ run: ComparisonPlan.Run, _ plan: ComparisonPlan) -> String {
    "variant \(run.variant.rawValue), seed \(run.seed)"
      + plan.pointValues(run.point).map { ", \($0.name)=\(ForeignText.shown($0.value))" }.joined()
  }
}
