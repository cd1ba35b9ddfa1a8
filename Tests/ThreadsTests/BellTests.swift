import Testing
import Threads

@Suite("A bell") struct BellTests {
  @Test("Each ring ends one waiting, also where it rang before") func rings() {
    let bell = Bell()
    bell.ring()
    bell.ring()
    bell.wait()
    #expect(bell.wait(atMost: .zero))
    #expect(!bell.wait(atMost: .zero))
  }

  @Test("Who waits for some time is woken by another thread, or goes on without a ring")
  func waits() {
    let (bell, answer) = (Bell(), Bell())
    WorkerThread.start {
      bell.wait()
      answer.ring()
    }
    #expect(!answer.wait(atMost: .milliseconds(3)))
    bell.ring()
    #expect(answer.wait(atMost: .seconds(3600)))
  }
}
