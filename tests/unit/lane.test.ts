import { describe, expect, test, vi } from 'vitest';
import { Lane } from '../../src/http/published/lane.ts';

/** Work that ends when it is told to. */
function work() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  return { end, run: () => ended };
}

describe('a lane', () => {
  test('lets the event loop through between two works that never wait themselves', async () => {
    const lane = new Lane(1);
    const seen: string[] = [];
    const works = [1, 2, 3].map((n) => lane.run(async () => void seen.push(`work ${n}`)));
    const other = new Promise<void>((done) =>
      setImmediate(() => {
        seen.push('somebody else');
        done();
      }),
    );
    await Promise.all([...works, other]);
    expect(seen.slice(0, 2)).toEqual(['work 1', 'somebody else']);
  });

  test('gives the place on when a work fails', async () => {
    const lane = new Lane(1);
    const failing = lane.run(() => Promise.reject(new Error('broken')));
    const next = lane.run(async () => 'next');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
    await vi.waitFor(() => expect(lane.load).toEqual({ running: 0, waiting: 0 }));
  });

  test('gives the place on when a work hangs, and still answers who waits for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const lane = new Lane(1);
    const hanging = work();
    const late = lane.run(async () => {
      await hanging.run();
      return 'late';
    });
    const next = lane.run(async () => 'next');
    vi.advanceTimersByTime(5_001);
    vi.useRealTimers();
    expect(await next).toBe('next');
    hanging.end();
    expect(await late).toBe('late');
    await vi.waitFor(() => expect(lane.load).toEqual({ running: 0, waiting: 0 }));
  });

  test('tells who comes when too many wait to come back, and lets the urgent in', async () => {
    const lane = new Lane(1);
    const first = work();
    const all = [lane.run(first.run)];
    for (let at = 0; at < 500; at += 1) all.push(lane.run(async () => undefined));
    await expect(lane.run(async () => undefined)).rejects.toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
    });
    all.push(lane.run(async () => undefined, 'hot'));
    first.end();
    await Promise.all(all);
  });
});
