import CLibrary
import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Sessions

/// A file that keeps each run as soon as it is finished, so that none is computed twice.
///
/// One process writes to it at a time. A line is written in one piece. If a process was killed
/// midway, the next one cuts off the torn end.
struct ResumeFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private let plan: ComparisonPlan
  /// The runs read from it, by number.
  let results: [Int: FinishedRun]
  /// The lines of these runs.
  let lines: [Int: Int]

  /// Opens or creates the file, and reads its runs.
  init(path: String, plan: ComparisonPlan) throws(CommandFailure) {
    self.path = path
    let shown = ForeignText.path(path)
    self.plan = plan
    guard !path.isEmpty else {
      throw .cannotCreate("--resume '': the name of the file is empty; name one to keep runs in")
    }
    let flags = O_RDWR | O_CREAT | O_CLOEXEC
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else {
      throw .cannotCreate("\(shown): \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotCreate("\(shown): not a file; --resume keeps runs in a file of its own")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .cannotCreate(
        "\(shown): another process is writing to it; give each process a file of its own")
    }
    let file: RunFile
    do {
      var inspection = RunFileInspection(program: Dropscope.version)
      file = try RunFile(
        bytes: FileDescriptor(number: descriptor).readToEnd { try inspection.accept($0) },
        expected: plan, program: Dropscope.version)
    } catch let error as RunFileError {
      throw .badData("\(shown): \(error.description)")
    } catch {
      throw .inputOutput("\(shown): cannot be read: \(error)")
    }
    results = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.number, $0.run) })
    lines = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.number, $0.line) })
    if let end = file.tornAt, let line = file.tornLine {
      guard ftruncate(descriptor, off_t(end)) == 0 else {
        throw .inputOutput("\(shown): cannot be repaired: \(String(cString: strerror(errno)))")
      }
      StandardError.writeLine(
        "\(shown): line \(line) was torn while it was written; it is cut off, and its run is "
          + "computed again")
    }
    lseek(descriptor, 0, SEEK_END)
    if file.plan == nil {
      try append(RunFile.header(of: plan, program: Dropscope.version))
    }
    if !results.isEmpty {
      StandardError.writeLine("\(shown): \(results.count) finished runs are taken from it")
    }
  }

  /// Refuses runs of files whose contents have changed since.
  func checkData(_ inputs: ComparisonInputs) throws(CommandFailure) {
    for (number, line) in lines.sorted(by: { $0.value < $1.value }) {
      guard let finished = results[number] else { continue }
      let run = plan.run(number)
      let now = try inputs.fingerprint(of: run)
      guard finished.data == now else {
        throw .badData(
          "\(ForeignText.path(path)): line \(line) is of another experiment: the contents of the "
            + "data or weight files were \(ForeignText.shown(finished.data)) and are \(now) "
            + "(variant \(run.variant.rawValue), seed \(run.seed))")
      }
    }
  }

  /// Keeps a finished run.
  func append(_ run: ComparisonPlan.Run, _ finished: FinishedRun) throws(CommandFailure) {
    try append(RunLine.text(run, of: plan, finished))
  }

  private func append(_ line: String) throws(CommandFailure) {
    do {
      try FileDescriptor(number: descriptor).writeAll(Array("\(line)\n".utf8))
    } catch {
      throw .inputOutput("cannot write to \(ForeignText.path(path)): \(error)")
    }
  }
}
