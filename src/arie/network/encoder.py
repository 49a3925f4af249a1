"""The forward pass of a BERT encoder, written out: one for training, use and export.

The weights live in Hugging Face's own `BertModel`, so any BERT checkpoint loads and saves as it is; only the
pass through them is ours. Written out, it exports without the mask code of the library, and attention has no
dropout, which costs a third of the time on a CPU and buys nothing in fine-tuning.
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertModel


def encode(bert: BertModel, pieces: Tensor, mask: Tensor) -> Tensor:
    """Return the last hidden states, float (windows, pieces, hidden).

    `pieces` are ids, int64 (windows, pieces); `mask` is 1 for pieces and 0 for padding, of the same shape.
    Devlin et al. 2019, "BERT".
    """
    embeddings: Any = bert.embeddings
    # Positions by running sum: a plain range of the length would be frozen into an exported graph.
    positions = torch.cumsum(torch.ones_like(pieces), dim=1) - 1
    # By the table itself: the module's check of its padding row cannot be traced.
    words = nn.functional.embedding(pieces, embeddings.word_embeddings.weight)
    states = words + embeddings.position_embeddings(positions)
    states = states + embeddings.token_type_embeddings(torch.zeros_like(pieces))
    states = embeddings.dropout(embeddings.LayerNorm(states))
    bias = (1.0 - mask.to(states.dtype))[:, None, None, :] * -1e4
    layers: Any = bert.encoder.layer
    for layer in layers:
        attention, output = layer.attention.self, layer.attention.output
        query, key, value = attention.query(states), attention.key(states), attention.value(states)
        mixed = attend(query, key, value, bias, attention.attention_head_size)
        states = output.LayerNorm(output.dropout(output.dense(mixed)) + states)
        inner = layer.intermediate.intermediate_act_fn(layer.intermediate.dense(states))
        states = layer.output.LayerNorm(layer.output.dropout(layer.output.dense(inner)) + states)
    result: Tensor = states
    return result


def attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor, head_width: int) -> Tensor:
    """Return dot-product attention over (batch, length, width) in slices of `head_width`; `bias` adds to the scores."""

    def split(x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], -1, head_width).transpose(1, 2)

    scores = split(query) @ split(key).transpose(2, 3) / math.sqrt(head_width) + bias
    mixed = torch.softmax(scores, dim=-1).to(value.dtype) @ split(value)
    return mixed.transpose(1, 2).flatten(2)


class SelfAttentionLayer(nn.Module):
    """One post-norm transformer layer, for the relation head."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.head_width = width // heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.inner, self.outer = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.first_norm, self.second_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Map (batch, length, width) to the same shape."""
        mixed = attend(self.query(states), self.key(states), self.value(states), bias, self.head_width)
        states = self.first_norm(states + self.dropout(self.output(mixed)))
        inner = self.outer(nn.functional.gelu(self.inner(states)))
        normed: Tensor = self.second_norm(states + self.dropout(inner))
        return normed
