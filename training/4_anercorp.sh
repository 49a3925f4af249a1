#!/usr/bin/env bash
# Recipe 4: the ANERcorp benchmark (CAMeL split, repaired test part), after stage 1 of recipe 3.
set -euo pipefail
arie train configs/train/benchmark-anercorp.toml --resume
arie evaluate --gold ../shared/data/anercorp/camel_test_repaired.txt --format columns --model build/anercorp \
    --output build/anercorp
