// Ollama's own Go client, asked for what it can do: prints a line for each call that held, and ends with 1 where one did not.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"github.com/ollama/ollama/api"
)

// Ollama's client has no place for a key: the transport adds it.
type keyed struct{ key string }

func (k keyed) RoundTrip(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "Bearer "+k.key)
	return http.DefaultTransport.RoundTrip(request)
}

var ctx = context.Background()

func main() {
	base, err := url.Parse(os.Getenv("HEARTH_URL"))
	if err != nil {
		panic(err)
	}
	client := api.NewClient(base, &http.Client{Transport: keyed{os.Getenv("HEARTH_KEY")}})
	model := os.Getenv("HEARTH_MODEL")
	failed := false
	for _, call := range calls {
		if err := call.do(client, model); err != nil {
			failed = true
			fmt.Printf("not held: %s: %v\n", call.name, err)
		} else {
			fmt.Printf("held: %s\n", call.name)
		}
	}
	if failed {
		os.Exit(1)
	}
}

type call struct {
	name string
	do   func(client *api.Client, model string) error
}

func must(held bool, what string) error {
	if held {
		return nil
	}
	return errors.New(what)
}

var hello = []api.Message{{Role: "user", Content: "hello"}}

var calls = []call{
	{"Heartbeat", func(c *api.Client, _ string) error { return c.Heartbeat(ctx) }},
	{"Version", func(c *api.Client, _ string) error {
		version, err := c.Version(ctx)
		return errors.Join(err, must(version != "", "no version"))
	}},
	{"List", func(c *api.Client, model string) error {
		list, err := c.List(ctx)
		if err != nil {
			return err
		}
		return must(len(list.Models) == 1 && list.Models[0].Model == model, "not the model")
	}},
	{"Show", func(c *api.Client, model string) error {
		shown, err := c.Show(ctx, &api.ShowRequest{Name: model})
		if err != nil {
			return err
		}
		return must(len(shown.Capabilities) > 0, "no capabilities")
	}},
	{"Chat, streamed", func(c *api.Client, model string) error {
		return chat(c, &api.ChatRequest{Model: model, Messages: hello})
	}},
	{"Chat, at once", func(c *api.Client, model string) error {
		stream := false
		return chat(c, &api.ChatRequest{Model: model, Messages: hello, Stream: &stream})
	}},
	{"Chat with a tool", tool},
	{"Generate", func(c *api.Client, model string) error {
		text, done := "", false
		err := c.Generate(ctx, &api.GenerateRequest{Model: model, Prompt: "hello"}, func(r api.GenerateResponse) error {
			text, done = text+r.Response, r.Done
			return nil
		})
		return errors.Join(err, must(text != "" && done, "no whole answer"))
	}},
	{"Embed", func(c *api.Client, model string) error {
		answer, err := c.Embed(ctx, &api.EmbedRequest{Model: model, Input: "hello"})
		if err != nil {
			return err
		}
		return must(len(answer.Embeddings) == 1, "not one vector")
	}},
	{"ListRunning", func(c *api.Client, _ string) error {
		running, err := c.ListRunning(ctx)
		if err != nil {
			return err
		}
		return must(len(running.Models) == 1, "not the model that has just answered")
	}},
	{"an unknown model", func(c *api.Client, _ string) error {
		_, err := c.Show(ctx, &api.ShowRequest{Model: "nobody"})
		var status api.StatusError
		return must(errors.As(err, &status) && status.StatusCode == 404, fmt.Sprint("not a 404: ", err))
	}},
}

func chat(c *api.Client, request *api.ChatRequest) error {
	text, done := "", false
	err := c.Chat(ctx, request, func(r api.ChatResponse) error {
		text, done = text+r.Message.Content, r.Done
		return nil
	})
	return errors.Join(err, must(text != "" && done, "no whole answer"))
}

func tool(c *api.Client, model string) error {
	weather := api.Tool{Type: "function", Function: api.ToolFunction{Name: "get_weather", Description: "the weather"}}
	weather.Function.Parameters.Type = "object"
	called := ""
	request := &api.ChatRequest{Model: model, Messages: hello, Tools: api.Tools{weather}}
	err := c.Chat(ctx, request, func(r api.ChatResponse) error {
		for _, one := range r.Message.ToolCalls {
			called = one.Function.Name
		}
		return nil
	})
	return errors.Join(err, must(called == "get_weather", "not the tool: "+called))
}
