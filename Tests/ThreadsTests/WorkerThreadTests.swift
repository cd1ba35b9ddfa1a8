import CLibrary
import Dispatch
import Synchronization
import Testing
import Threads

@Suite("A thread of its own") struct WorkerThreadTests {
  @Test("It has another stack for signals, so that a crash can be told where its own overflowed")
  func signalStack() {
    let found = Atomic(0)
    let ended = DispatchSemaphore(value: 0)
    WorkerThread.start {
      var present = stack_t()
      if sigaltstack(nil, &present) == 0, present.ss_flags & .init(SS_DISABLE) == 0 {
        found.store(Int(present.ss_size), ordering: .relaxed)
      }
      ended.signal()
    }
    ended.wait()
    #expect(found.load(ordering: .relaxed) >= 64 << 10)
  }
}
