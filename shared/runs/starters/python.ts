import type { Starter } from './starter.ts'

export const pythonStarters: readonly Starter[] = [
  {
    id: 'python-spend',
    label: 'Sum up spend',
    language: 'python',
    ends: 'completed',
    code: `from collections import defaultdict
from statistics import mean

runs = [
    ("Researcher", 0.0871, True),
    ("Writer", 0.0312, True),
    ("Researcher", 0.0188, False),
]

spend = defaultdict(list)
for workspace, cost, ok in runs:
    spend[workspace].append(cost)

for workspace, costs in spend.items():
    print(f"{workspace:<12} {len(costs)} runs  \${sum(costs):.4f}  mean \${mean(costs):.4f}")
`,
  },
  {
    id: 'python-stdin',
    label: 'Count the words it reads',
    language: 'python',
    ends: 'completed',
    stdin: `The lead asks the researcher.
The researcher asks the analyst, and the analyst answers.
`,
    code: `import re
import sys
from collections import Counter

text = sys.stdin.read()
words = Counter(re.findall(r"[a-z]+", text.lower()))

for word, count in words.most_common(5):
    print(f"{count:>3}  {word}")
print(f"{sum(words.values())} words, {len(words)} of them different")
`,
  },
  {
    id: 'python-error',
    label: 'Follow an error',
    language: 'python',
    ends: 'failed',
    code: `import json


def read_settings(text):
    return json.loads(text)


# Uncaught, an error shows its line and how it got there.
print(read_settings('{"retries": 3}'))
print(read_settings('{"retries": 3,}'))
`,
  },
]
