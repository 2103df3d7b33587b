"""What is trained: a folder a task, with the task that any process can hold and the problem a worker makes of it."""
