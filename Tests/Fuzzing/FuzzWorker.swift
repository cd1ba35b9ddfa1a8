import CLibrary
import RepeatableRandom

/// A process that reads inputs until one breaks it: the number that it is at stands in the page
/// that it shares.
package struct FuzzWorker {
  /// The inputs to read.
  package enum Source {
    /// Those of a seed, by their numbers.
    case seed(UInt64)
    /// These ones.
    case candidates([[UInt8]])
  }

  /// The status with which a worker ends where a promise was broken.
  static let faultStatus: Int32 = 3

  let target: FuzzTarget
  let room: FuzzRoom
  let page: SharedPage
  /// The seconds of computing that one input may take.
  let limit: Int

  /// Creates a worker in a room.
  package init(target: FuzzTarget, room: FuzzRoom, limit: Int) throws(FuzzError) {
    (self.target, self.room, self.limit) = (target, room, limit)
    page = try SharedPage(path: room.file(FuzzProcess.pageName))
  }

  /// Reads the inputs of a range of numbers.
  ///
  /// - Returns: the status for the process.
  package func run(_ source: Source, _ numbers: Range<Int>) throws -> Int32 {
    try FuzzWorker.boundMemory()
    let reader = try target.prepare(room)
    // A run that was killed leaves its worker to another parent.
    let run = getppid()
    for number in numbers {
      if page[.stop] != 0 || getppid() != run { break }
      page[.number] = number
      FuzzWorker.allow(seconds: limit)
      let input =
        switch source {
        case .seed(let seed): reader.input(seed: seed, target: target.name, number: number)
        case .candidates(let candidates): candidates[number]
        }
      do {
        switch try reader.read(input) {
        case .accepted(let events):
          page[.accepted] += 1
          page[.events] += events
        case .refused(let line): try RefusalLine.check(line)
        }
      } catch let fault as FuzzFault {
        page.fault = fault
        return FuzzWorker.faultStatus
      } catch {
        page.fault = FuzzFault("every error is one that is known", "\(type(of: error)): \(error)")
        return FuzzWorker.faultStatus
      }
      page[.inputs] += 1
    }
    FuzzWorker.allow(seconds: 0)
    return 0
  }

  /// Ends the process by a signal once it has computed for some seconds more; 0 lifts that.
  ///
  /// The time of the processor counts, so that a busy machine makes nothing hang.
  private static func allow(seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    #if canImport(Glibc)
      setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    #else
      setitimer(ITIMER_PROF, &timer, nil)
    #endif
  }

  /// An input of some kilobytes that makes the program ask for gigabytes is a fault, where the
  /// system can bound them.
  ///
  /// The bound counts from what the process has: a sanitizer reserves terabytes at the start.
  private static func boundMemory() throws(FuzzError) {
    #if canImport(Glibc)
      let path = "/proc/self/statm"
      let text = String(decoding: try FuzzRoom.contents(of: path), as: UTF8.self)
      guard let pages = rlim_t(text.prefix { $0 != " " }) else {
        throw FuzzError("\(path) does not begin with a number: \(text)")
      }
      let bound = pages * rlim_t(sysconf(Int32(_SC_PAGESIZE))) + (6 << 30)
      var limit = rlimit(rlim_cur: bound, rlim_max: bound)
      guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else {
        throw FuzzError("cannot bound the memory of a worker: \(FuzzError.system)")
      }
    #endif
  }
}

extension FuzzWorker {
  /// The inputs that a run put into a room.
  ///
  /// - Throws: ``FuzzError`` where they cannot be read.
  package static func candidates(in room: FuzzRoom) throws(FuzzError) -> [[UInt8]] {
    try FuzzProcess.candidates(in: room)
  }
}
