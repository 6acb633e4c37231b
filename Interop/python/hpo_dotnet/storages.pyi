from optuna.storages import InMemoryStorage as InMemoryStorage

__all__ = ["InMemoryStorage"]
