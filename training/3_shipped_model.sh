#!/usr/bin/env bash
# Recipe 3: train the shipped model from the base encoder, and score it on the seeds. From the root of the repository,
# with the public corpora under ../shared/data; about an hour on two cores. Every step goes on after a break.
set -euo pipefail
arie train configs/train/1-general.toml --resume
arie train configs/train/2-news.toml --resume
arie evaluate --gold seeds/gold.jsonl --model models/arie-small --device cpu --output models/arie-small
