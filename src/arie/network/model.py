"""The network: one encoder, a BIO tagger over words and a relation head over candidate pairs.

Three steps, each used alike in training, in use and in the export; between them, arrays are only gathered:

    encode  piece ids of windows            -> hidden states     (then one state a word is picked)
    tag     word states                     -> tag logits
    relate  word states of segments, tags, pairs -> relation logits
"""

import torch
from torch import Tensor, nn
from transformers import BertModel

from arie.config import Heads
from arie.decoding.spans import bio_tags
from arie.labels import LabelSet
from arie.network.encoder import SelfAttentionLayer, encode

FORBIDDEN = -1e4
# Signed distances between two spans, in words, are told apart at these borders.
DISTANCES = (-40, -25, -16, -10, -6, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7, 11, 17, 26, 41)


class Network(nn.Module):
    """Encoder and heads for one label set."""

    def __init__(self, bert: BertModel, labels: LabelSet, heads: Heads) -> None:
        super().__init__()
        self.bert = bert
        self.labels = labels
        self.tags = bio_tags(labels)
        self.dropout = nn.Dropout(heads.dropout)
        self.tagger = nn.Linear(bert.config.hidden_size, len(self.tags))
        self.relations = RelationHead(bert.config.hidden_size, self.tags, labels, heads) if labels.relations else None

    def encode(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return hidden states (windows, pieces, hidden) of ids and mask, both int64 (windows, pieces)."""
        return encode(self.bert, pieces, mask)

    def tag(self, states: Tensor) -> Tensor:
        """Return tag logits (words, tags) of word states (words, hidden)."""
        logits: Tensor = self.tagger(self.dropout(states))
        return logits

    def relate(self, states: Tensor, tags: Tensor, pairs: Tensor) -> Tensor:
        """Return relation logits (pairs, 1 + relations); see `RelationHead.forward`."""
        if self.relations is None:
            raise ValueError("this label set has no relations")
        logits: Tensor = self.relations(self.dropout(states), tags, pairs)
        return logits


class RelationHead(nn.Module):
    """Scores candidate pairs of spans within segments of words.

    Word states get an embedding of their tag, so that a layer of attention over the segment sees all spans
    at once; a pair is then read off the first and last word of both spans, their product, the mean state
    between them and their distance. Close to PURE's pair classifier (Zhong and Chen 2021), with the labels
    fused after the encoder so that one encoding serves all pairs of a text.
    """

    allowed: Tensor
    borders: Tensor

    def __init__(self, hidden: int, tags: tuple[str, ...], labels: LabelSet, heads: Heads) -> None:
        super().__init__()
        width = heads.relation_width
        self.project = nn.Linear(hidden, width)
        self.tag_embedding = nn.Embedding(len(tags), width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            SelfAttentionLayer(width, heads.relation_attention_heads, heads.dropout)
            for _ in range(heads.relation_layers)
        )
        self.head_span, self.tail_span = nn.Linear(2 * width, width), nn.Linear(2 * width, width)
        self.distance = nn.Embedding(len(DISTANCES) + 1, width)
        self.score = nn.Sequential(
            nn.Linear(5 * width, width),
            nn.GELU(),
            nn.Dropout(heads.dropout),
            nn.Linear(width, 1 + len(labels.relations)),
        )
        self.register_buffer("allowed", allowed_logits(tags, labels), persistent=False)
        self.register_buffer("borders", torch.tensor(DISTANCES), persistent=False)

    def forward(self, states: Tensor, tags: Tensor, pairs: Tensor) -> Tensor:
        """Return logits (pairs, 1 + relations); column 0 is "no relation", forbidden labels are near -inf.

        `states` (segments, words, hidden); `tags` int64 (segments, words), -1 for padding; `pairs` int64
        (pairs, 5): segment, first and last word of the head, first and last word of the tail.
        """
        present = (tags >= 0).to(states.dtype)
        known = torch.clamp(tags, min=0)
        mixed = self.norm(self.project(states) + self.tag_embedding(known))
        bias = (1.0 - present)[:, None, None, :] * FORBIDDEN
        for layer in self.layers:
            mixed = layer(mixed, bias)
        segment, head, head_last, tail, tail_last = pairs.unbind(1)
        heads = self.head_span(torch.cat([mixed[segment, head], mixed[segment, head_last]], dim=-1))
        tails = self.tail_span(torch.cat([mixed[segment, tail], mixed[segment, tail_last]], dim=-1))
        forward = tail > head
        left = torch.where(forward, head_last, tail_last)
        right = torch.clamp(torch.where(forward, tail, head) - 1, min=0)
        sums = torch.cumsum(mixed, dim=1)
        between = (sums[segment, right] - sums[segment, left]) / torch.clamp(right - left, min=1)[:, None]
        gap = torch.where(forward, tail - head_last, tail_last - head)
        distance = self.distance((gap[:, None] >= self.borders).long().sum(dim=1))
        logits = self.score(torch.cat([heads, tails, heads * tails, between, distance], dim=-1))
        allowed: Tensor = self.allowed[known[segment, head], known[segment, tail]]
        masked: Tensor = logits + allowed
        return masked


def allowed_logits(tags: tuple[str, ...], labels: LabelSet) -> Tensor:
    """Return (tags, tags, 1 + relations): 0 where the relation may join spans of these tags, else near -inf."""
    table = torch.full((len(tags), len(tags), 1 + len(labels.relations)), FORBIDDEN)
    table[:, :, 0] = 0.0
    names = list(labels.relations)
    for i, head in enumerate(tags):
        for j, tail in enumerate(tags):
            for name in labels.signatures.get((head[2:], tail[2:]), ()):
                table[i, j, 1 + names.index(name)] = 0.0
    return table
