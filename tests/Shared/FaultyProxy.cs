using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Hpo.Tests;

/// <summary>What a proxy does to one request of a client.</summary>
public enum Fault
{
    /// <summary>The connection is reset before the server gets the request.</summary>
    LoseRequest,

    /// <summary>The server executes the request, and the connection is reset instead of its answer.</summary>
    LoseAnswer,

    /// <summary>The client gets the answer's first bytes, and a reset.</summary>
    CutAnswer,

    /// <summary>The answer does not come for a while, and then the connection is reset, as by a router that has forgotten it.</summary>
    Stall,

    /// <summary>All connections are reset, and new ones too until three were tried.</summary>
    GoAway,
}

/// <summary>
/// Stands on loopback between clients and a server, and fails in the ways of real networks. A request is what a client
/// sends until the server answers.
/// </summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private const int FirstBytes = 5;
    private const int TriesWhileAway = 3;
    private static readonly TimeSpan StallTime = TimeSpan.FromMilliseconds(100);

    private readonly EndPoint _server;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Link, Task> _links = new();
    private readonly ConcurrentDictionary<int, Fault> _faults = new();
    private readonly Task _accepting;
    private int _requests;
    private int _failed;
    private int _turnAway;

    /// <param name="server">Where the server listens: an IP address with its port, or a Unix socket.</param>
    public FaultyProxy(EndPoint server)
    {
        _server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Its own port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many requests came so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many of them failed.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>What chooses faults by itself: gets a request's number, and gives the fault or null.</summary>
    public Func<int, Fault?>? Choose { get; set; }

    /// <summary>Lets one of the coming requests fail.</summary>
    /// <param name="request">Which one, from 0 for the next.</param>
    /// <param name="fault">How.</param>
    public void Fail(int request, Fault fault) => _faults[Requests + request] = fault;

    /// <summary>Takes back what has not happened yet.</summary>
    public void Spare() => _faults.Clear();

    /// <summary>Resets all connections.</summary>
    public void ResetAll()
    {
        foreach (Link link in _links.Keys) link.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        ResetAll();
        await Task.WhenAll(_links.Values);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_end.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            if (Interlocked.Decrement(ref _turnAway) >= 0)
            {
                Reset(client);
                continue;
            }

            Interlocked.Exchange(ref _turnAway, 0);
            var link = new Link(this, client);
            _links[link] = Task.CompletedTask;
            _links[link] = link.RunAsync();
        }
    }

    private Fault? Next()
    {
        int request = Interlocked.Increment(ref _requests) - 1;
        Fault? fault = _faults.TryRemove(request, out Fault armed) ? armed : Choose?.Invoke(request);
        if (fault is not null) Interlocked.Increment(ref _failed);
        return fault;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    /// <summary>One client's connection, and the one to the server that stands for it.</summary>
    private sealed class Link(FaultyProxy proxy, Socket client) : IDisposable
    {
        private readonly Socket _server = new(
            proxy._server.AddressFamily, SocketType.Stream, proxy._server is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        private readonly Lock _lock = new();
        private bool _isAsking;
        private Fault? _fault;

        public async Task RunAsync()
        {
            try
            {
                await _server.ConnectAsync(proxy._server, proxy._end.Token);
                if (proxy._server is IPEndPoint) _server.NoDelay = true;
                client.NoDelay = true;
                await await Task.WhenAny(CarryRequestsAsync(), CarryAnswersAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One of the two has closed it, or it was reset.
            }
            finally
            {
                Dispose();
                proxy._links.TryRemove(this, out _);
            }
        }

        /// <summary>Resets both connections.</summary>
        public void Dispose()
        {
            Reset(client);
            Reset(_server);
        }

        private async Task CarryRequestsAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            while (await client.ReceiveAsync(buffer, proxy._end.Token) is > 0 and int read)
            {
                if (Begin() is Fault.LoseRequest or Fault.GoAway)
                {
                    if (_fault is Fault.GoAway)
                    {
                        Interlocked.Exchange(ref proxy._turnAway, TriesWhileAway);
                        proxy.ResetAll();
                    }

                    return;
                }

                await SendAllAsync(_server, buffer.AsMemory(0, read));
            }
        }

        private async Task CarryAnswersAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            while (await _server.ReceiveAsync(buffer, proxy._end.Token) is > 0 and int read)
            {
                Fault? fault;
                lock (_lock)
                {
                    _isAsking = false;
                    fault = _fault;
                }

                if (fault is Fault.Stall) await Task.Delay(StallTime, proxy._end.Token);
                if (fault is Fault.CutAnswer) await SendAllAsync(client, buffer.AsMemory(0, Math.Min(read, FirstBytes)));
                if (fault is not null) return;
                await SendAllAsync(client, buffer.AsMemory(0, read));
            }
        }

        private Fault? Begin()
        {
            lock (_lock)
            {
                if (_isAsking) return _fault;
                _isAsking = true;
                return _fault = proxy.Next();
            }
        }

        private async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
        {
            while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, proxy._end.Token)..];
        }
    }
}
